package io.headworks.cli;

import io.headworks.core.json.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of many types with keys of their own, and the same with some changes. Values are as JSON has them. */
final class RandomRows {
    private static final List<String> TEXTS =
            List.of("", "a", "A", "a ", " a", "1,2:3", ":", ",", "NULL", "é", "é", "日本語 😀", "O'Brien \"q\" \\ x", "-");

    /** Column by column: its type for a pipeline, and its values. */
    private static final Map<String, Column> COLUMNS = columns();

    private record Column(String type, Function<Random, Object> value) {}

    private final Random random;
    private final SortedMap<Long, Map<String, @Nullable Object>> rows = new TreeMap<>();

    private RandomRows(Random random) {
        this.random = random;
    }

    static RandomRows of(Random random, int count) {
        RandomRows made = new RandomRows(random);
        while (made.rows.size() < count) {
            long id = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(10 * count) - count;
            made.rows.put(id, made.row(id));
        }
        return made;
    }

    private static Map<String, Column> columns() {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("id", new Column("bigint", Random::nextLong));
        columns.put("part", new Column("text", random -> TEXTS.get(random.nextInt(TEXTS.size()))));
        columns.put("name", new Column("text", random -> TEXTS.get(random.nextInt(TEXTS.size()))));
        columns.put("small", new Column("smallint", random -> random.nextInt(7) - 3));
        columns.put("amount", new Column("decimal(18,4)", RandomRows::amount));
        columns.put("weight", new Column("double", RandomRows::weight));
        columns.put("paid", new Column("boolean", Random::nextBoolean));
        columns.put(
                "day",
                new Column(
                        "date",
                        random -> LocalDate.ofEpochDay(random.nextInt(40_000) - 10_000)
                                .toString()));
        columns.put("at", new Column("timestamp", random -> moment(random, 40_000, -10_000)));
        columns.put("instant", new Column("timestamptz", random -> moment(random, 20_000, 1) + "Z"));
        columns.put(
                "clock",
                new Column(
                        "time",
                        random -> LocalTime.ofNanoOfDay(
                                        random.nextInt(86_400) * 1_000_000_000L + random.nextInt(3) * 250_000_000L)
                                .toString()));
        columns.put("uid", new Column("uuid", random -> new UUID(random.nextLong(), random.nextLong()).toString()));
        return columns;
    }

    private static BigDecimal amount(Random random) {
        return BigDecimal.valueOf(
                random.nextInt(4) == 0 ? random.nextLong() % 1_000_000_000_000_000L : random.nextInt(50), 4);
    }

    private static double weight(Random random) {
        double number = Double.longBitsToDouble(random.nextLong());
        return random.nextBoolean() || !Double.isFinite(number) || Math.abs(number) < 1e-300
                ? random.nextInt(100) / 10.0
                : number;
    }

    private static String moment(Random random, int days, int from) {
        return LocalDateTime.of(
                        LocalDate.ofEpochDay(random.nextInt(days) + from),
                        LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L
                                + random.nextInt(1_000_000) * 1_000L * random.nextInt(2)))
                .toString();
    }

    private Map<String, @Nullable Object> row(long id) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        COLUMNS.forEach((name, column) -> {
            boolean needed = name.equals("id") || name.equals("part");
            row.put(
                    name,
                    !needed && random.nextInt(8) == 0 ? null : column.value().apply(random));
        });
        row.put("id", id);
        return row;
    }

    /** The same rows, of which some are changed in one or more columns, some gone and some new. */
    RandomRows changed(int changes) {
        RandomRows other = new RandomRows(random);
        rows.forEach((id, row) -> other.rows.put(id, new LinkedHashMap<>(row)));
        List<Long> ids = new ArrayList<>(rows.keySet());
        List<String> names = COLUMNS.keySet().stream().skip(2).toList();
        for (int i = 0; i < changes; i++) {
            long id = ids.get(random.nextInt(ids.size()));
            Map<String, @Nullable Object> row = other.rows.get(id);
            switch (random.nextInt(4)) {
                case 0 -> other.rows.remove(id);
                case 1 -> {
                    long fresh = random.nextLong();
                    other.rows.put(fresh, row(fresh));
                }
                default -> {
                    if (row != null) {
                        String name = names.get(random.nextInt(names.size()));
                        Column column = java.util.Objects.requireNonNull(COLUMNS.get(name));
                        row.put(
                                name,
                                random.nextInt(5) == 0 ? null : column.value().apply(random));
                    }
                }
            }
        }
        return other;
    }

    String ndjson() {
        return rows.values().stream().map(Json::compact).collect(Collectors.joining("\n", "", "\n"));
    }

    /** For {@code columns:} of a pipeline. */
    static String types() {
        return COLUMNS.entrySet().stream()
                .map(each -> each.getKey() + ": \"" + each.getValue().type() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The slow and obvious answer: id, and what differs, in order. */
    List<String> differences(RandomRows other, Collection<String> without) {
        List<String> found = new ArrayList<>();
        TreeSet<Long> ids = new TreeSet<>(rows.keySet());
        ids.addAll(other.rows.keySet());
        for (long id : ids) {
            Map<String, @Nullable Object> a = rows.get(id);
            Map<String, @Nullable Object> b = other.rows.get(id);
            if (a == null || b == null) {
                found.add(id + (a == null ? " only_in_b []" : " only_in_a []"));
                continue;
            }
            List<String> columns = COLUMNS.keySet().stream()
                    .filter(name -> !without.contains(name) && !same(a.get(name), b.get(name)))
                    .toList();
            if (!columns.isEmpty()) {
                found.add(id + " different " + columns);
            }
        }
        return found;
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return a == null || b == null ? a == b : a.toString().equals(b.toString());
    }

    int size() {
        return rows.size();
    }
}
