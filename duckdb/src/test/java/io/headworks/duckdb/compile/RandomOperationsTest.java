package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.Dedupe;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.transform.Operation.MapCodes;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.compile.SlowTable.Kind;
import io.headworks.duckdb.compile.SlowTable.Row;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random chains of operations over random rows, against the same operations done row by row in Java. */
class RandomOperationsTest {
    private static final int CHAINS = Integer.getInteger("headworks.random.chains", 150);
    private static final List<String> NAMES =
            List.of("a", "select", "Größe", "it's", "x\"y", "😀", "group by", "_id", "UPPER", "n1", "a b");
    private static final List<String> TEXTS = List.of(
            "",
            " a ",
            "b",
            "B",
            "1",
            " 2 ",
            "1.5",
            "2.50",
            "x\ty",
            "é",
            "😀",
            "3.239",
            "9007199254740993",
            "1e3",
            "-0",
            "NaN",
            "\u3000c\n",
            "99999999999999999999",
            "10000000000000000",
            "+7",
            "7.",
            ".5x",
            "\uFFFDz");
    private static final Map<Long, String> PEOPLE = Map.of(1L, "Ada", 2L, "Bo'b", 7L, "😀");

    private final Map<String, Function<Row, @Nullable Object>> expressions = new HashMap<>();
    private Random random = new Random();
    private int fresh;

    @Test
    void compiledOperationsDoWhatSlowOnesDo() {
        long seed = Long.getLong("headworks.random.seed", System.nanoTime());
        System.out.println("RandomOperationsTest seed " + seed + " (repeat with -Dheadworks.random.seed=" + seed + ")");
        try (Duck duck = new Duck()) {
            duck.bind("people", duck.values("id, name", "(1, 'Ada')", "(2, 'Bo''b')", "(7, '😀')"));
            for (int chain = 0; chain < CHAINS; chain++) {
                random = new Random(seed + chain);
                fresh = 0;
                compare(duck, seed, chain);
            }
        }
    }

    private void compare(Duck duck, long seed, int chain) {
        SlowTable table = randomTable();
        Relation input = duck.rows(sql(table));
        SlowOperations slow = new SlowOperations(expressions, PEOPLE);
        List<Operation> operations = new ArrayList<>();
        SlowTable expected = table;
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            Optional<Operation> next = randomOperation(expected);
            if (next.isPresent()) {
                operations.add(next.get());
                expected = slow.apply(expected, next.get());
            }
        }
        if (random.nextInt(4) == 0) {
            String by = pick(List.copyOf(expected.columns().keySet()));
            if (!by.equals("n")) {
                Operation rollup = new Operation.Rollup(List.of(by), Pairs.of("n", "count(*)"));
                operations.add(rollup);
                expected = slow.apply(expected, rollup);
            }
        }
        Relation output = duck.compile(input, operations.toArray(new Operation[0]));
        String place = "seed " + seed + ", chain " + chain + ": " + operations + "\nover " + table.show();
        assertThat(output.schema().names())
                .as(place)
                .containsExactlyElementsOf(expected.columns().keySet());
        assertThat(shown(duck, output)).as(place).isEqualTo(expected.show());
    }

    private static List<String> shown(Duck duck, Relation output) {
        duck.show(output);
        String columns = output.schema().names().stream()
                .map(name -> "coalesce(CAST(" + DuckSql.name(name) + " AS VARCHAR), 'NULL') || '|'")
                .collect(Collectors.joining(" || "));
        String code = output.carries("_hw_reason") ? "coalesce(split_part(_hw_reason, chr(9), 1), 'null')" : "'null'";
        return duck
                .query("SELECT " + columns + " || " + code + " FROM (" + output.sql() + ")", row -> row.getString(1))
                .stream()
                .sorted()
                .toList();
    }

    private SlowTable randomTable() {
        Map<String, Kind> columns = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        int width = 2 + random.nextInt(4);
        for (int i = 0; i < width; i++) {
            columns.put(names.get(i), pick(List.of(Kind.values())));
        }
        List<Row> rows = new ArrayList<>();
        int height = random.nextInt(14);
        for (int seq = 1; seq <= height; seq++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            columns.forEach((name, kind) -> values.put(name, randomValue(kind)));
            rows.add(new Row(seq, values, null));
        }
        return new SlowTable(columns, rows);
    }

    private @Nullable Object randomValue(Kind kind) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch (kind) {
            case TEXT -> pick(TEXTS);
            case BIGINT -> (long) random.nextInt(9) - 1;
            case DECIMAL -> BigDecimal.valueOf(random.nextInt(600) - 100, 2);
        };
    }

    private static String sql(SlowTable table) {
        List<String> rows = new ArrayList<>();
        for (Row row : table.rows()) {
            rows.add("SELECT "
                    + table.columns().entrySet().stream()
                            .map(column -> literal(row.get(column.getKey()), column.getValue()) + " AS "
                                    + DuckSql.name(column.getKey()))
                            .collect(Collectors.joining(", "))
                    + ", " + row.seq() + "::bigint AS _hw_seq");
        }
        String nothing = "SELECT "
                + table.columns().entrySet().stream()
                        .map(column -> literal(null, column.getValue()) + " AS " + DuckSql.name(column.getKey()))
                        .collect(Collectors.joining(", "))
                + ", NULL::bigint AS _hw_seq WHERE false";
        return rows.isEmpty() ? nothing : nothing + " UNION ALL " + String.join(" UNION ALL ", rows);
    }

    private static String literal(@Nullable Object value, Kind kind) {
        String type = kind == Kind.TEXT ? "VARCHAR" : kind == Kind.BIGINT ? "BIGINT" : "DECIMAL(18,2)";
        return "CAST(" + (value == null ? "NULL" : DuckSql.text(value.toString())) + " AS " + type + ")";
    }

    private Optional<Operation> randomOperation(SlowTable table) {
        List<String> columns = List.copyOf(table.columns().keySet());
        String any = pick(columns);
        return switch (random.nextInt(14)) {
            case 0 -> of(table, Kind.TEXT).map(column -> new Operation.Trim(List.of(column)));
            case 1 ->
                Optional.of(new Operation.FillNull(Map.of(any, table.columns().get(any) == Kind.TEXT ? "it's" : "5")));
            case 2, 3 -> Optional.of(randomCast(any, table.columns().get(any)));
            case 4, 5 ->
                Optional.of(new Operation.Filter(condition(any, table.columns().get(any))));
            case 6 -> Optional.of(randomRename(columns, any));
            case 7 -> Optional.of(randomSelect(columns));
            case 8 -> columns.size() > 1 ? Optional.of(new Operation.Drop(List.of(any))) : Optional.empty();
            case 9, 10 -> randomDerive(table);
            case 11 -> Optional.of(randomDedupe(columns, any));
            case 12 -> of(table, Kind.TEXT).map(this::randomCodes);
            default -> random.nextBoolean() ? randomLookup(table) : Optional.of(randomWindow(columns, any));
        };
    }

    private Operation randomCast(String column, @Nullable Kind kind) {
        DataType to = kind == Kind.TEXT
                ? pick(List.of(DataType.BIGINT, new DataType.Decimal(18, 2)))
                : pick(List.of(DataType.TEXT, DataType.BIGINT, new DataType.Decimal(18, 2)));
        Cast.OnError onError = pick(List.of(Cast.OnError.REJECT, Cast.OnError.SET_NULL));
        return new Cast(List.of(new Cast.Column(column, to, onError, false)));
    }

    private String condition(String column, @Nullable Kind kind) {
        String name = DuckSql.name(column);
        if (random.nextBoolean()) {
            return expression(name + " IS NOT NULL", row -> row.get(column) != null);
        } else if (kind == Kind.TEXT) {
            return expression(name + " <> 'b'", row -> row.get(column) == null ? null : !"b".equals(row.get(column)));
        }
        return expression(name + " > 2", row -> {
            Object value = row.get(column);
            return value == null ? null : new BigDecimal(value.toString()).compareTo(BigDecimal.valueOf(2)) > 0;
        });
    }

    private Operation randomRename(List<String> columns, String any) {
        String other = pick(columns);
        return new Operation.Rename(
                other.equals(any) || random.nextBoolean()
                        ? Map.of(any, freshName())
                        : Pairs.of(any, other, other, any));
    }

    private Operation randomSelect(List<String> columns) {
        List<String> shuffled = new ArrayList<>(columns);
        Collections.shuffle(shuffled, random);
        return new Operation.Select(shuffled.subList(0, 1 + random.nextInt(shuffled.size())));
    }

    private Optional<Operation> randomDerive(SlowTable table) {
        Map<String, String> derived = new LinkedHashMap<>();
        of(table, Kind.BIGINT)
                .ifPresent(column -> derived.put(
                        random.nextBoolean() ? column : freshName(),
                        expression("coalesce(" + DuckSql.name(column) + ", 0) + 1", row -> {
                            Long value = (Long) row.get(column);
                            return value == null ? 1L : value + 1;
                        })));
        of(table, Kind.TEXT)
                .ifPresent(column -> derived.put(
                        random.nextBoolean() ? column : freshName(),
                        expression(
                                DuckSql.name(column) + " || '!' -- all of it",
                                row -> row.get(column) == null ? null : row.get(column) + "!")));
        return derived.isEmpty() ? Optional.empty() : Optional.of(new Operation.Derive(derived));
    }

    private Operation randomDedupe(List<String> columns, String key) {
        List<String> by = random.nextBoolean() ? List.of() : List.of(pick(columns));
        List<String> keys =
                random.nextInt(3) == 0 && columns.size() > 1 ? List.of(columns.get(0), columns.get(1)) : List.of(key);
        return new Dedupe(keys, pick(List.of(Dedupe.Keep.LATEST, Dedupe.Keep.EARLIEST)), by);
    }

    private Operation randomCodes(String column) {
        MapCodes.Unknown unknown = pick(List.of(MapCodes.Unknown.values()));
        return new MapCodes(column, Pairs.of("b", "bee", "", "empty", "😀", "it's", "1", "1"), unknown, "other");
    }

    private Optional<Operation> randomLookup(SlowTable table) {
        Lookup.Missing missing = pick(List.of(Lookup.Missing.KEEP, Lookup.Missing.REJECT));
        return of(table, Kind.BIGINT)
                .map(column -> new Lookup(
                        DatasetName.parse("people"),
                        Map.of(column, "id"),
                        null,
                        Map.of(freshName(), "name"),
                        missing,
                        null));
    }

    private Operation randomWindow(List<String> columns, String partition) {
        List<String> by = random.nextBoolean() ? List.of() : List.of(partition);
        return new Operation.Window(by, List.of(pick(columns)), Map.of(freshName(), "row_number()"));
    }

    private Optional<String> of(SlowTable table, Kind kind) {
        List<String> columns = table.columns().entrySet().stream()
                .filter(column -> column.getValue() == kind)
                .map(Map.Entry::getKey)
                .toList();
        return columns.isEmpty() ? Optional.empty() : Optional.of(pick(columns));
    }

    private String expression(String text, Function<Row, @Nullable Object> meaning) {
        expressions.put(text, meaning);
        return text;
    }

    private String freshName() {
        return "new \"" + ++fresh + "\"";
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
