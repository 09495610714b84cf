package io.headworks.testkit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Deletes;
import io.headworks.api.load.History.Names;
import io.headworks.api.load.History.Type;
import io.headworks.api.load.Load;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One table with random histories of some keys, loaded batch by batch and compared with {@link HistoryModel}. */
final class RandomHistory {
    private static final List<String> KEYS = Stream.concat(
                    Stream.of("a", "A", "ä"), IntStream.range(0, 47).mapToObj(number -> "k" + number))
            .toList();
    private static final LocalDateTime BEGIN = LocalDate.of(2024, 1, 1).atStartOfDay();
    private static final int BATCHES = 7;

    private final Random random;
    private final boolean timed;
    private final boolean ordered;
    private final Load load;
    private final Schema schema;
    private final HistoryModel model;
    private final HistoryUnderTest table;
    private final int moments;
    private final boolean contradicts;
    private final Set<List<@Nullable Object>> told = new HashSet<>();
    private List<BatchRow> before = List.of();

    RandomHistory(TargetLab lab, Deletes deletes, int number, Random random) {
        this.random = random;
        this.timed = random.nextInt(4) > 0;
        this.ordered = random.nextBoolean();
        this.moments = random.nextInt(3) == 0 ? 15 : 2000;
        this.contradicts = random.nextInt(5) == 0;
        List<Field> fields = new ArrayList<>();
        for (String column : List.of("id", "name", "city", "email", "region")) {
            fields.add(new Field(column, DataType.TEXT));
        }
        if (ordered) {
            fields.add(new Field("seq", DataType.BIGINT));
        }
        if (timed) {
            fields.add(new Field("at", DataType.TIMESTAMP));
        }
        this.schema = new Schema(fields);
        boolean versions = deletes == Deletes.CLOSE || deletes == Deletes.NEW_RECORD || random.nextInt(3) > 0;
        History history = new History(
                versions ? Type.VERSION : Type.OVERWRITE,
                types(versions, lab.target.abilities().several()),
                timed ? "at" : null,
                deletes,
                new Names("valid_from", "valid_to", "is_current", "is_deleted", "sk"),
                random.nextBoolean() ? History.FAR_AWAY : null);
        String name = "h_" + deletes.name().toLowerCase(java.util.Locale.ROOT) + "_" + number;
        this.load = HistoryUnderTest.load(name, history, ordered ? new String[] {"seq"} : new String[0]);
        this.model = new HistoryModel(load, schema);
        this.table = new HistoryUnderTest(lab, load, schema);
    }

    private Map<String, Type> types(boolean versions, boolean several) {
        List<Type> among = versions
                ? List.of(Type.OVERWRITE, Type.VERSION, Type.PREVIOUS, Type.HYBRID)
                : List.of(Type.OVERWRITE, Type.PREVIOUS);
        if (several) {
            among = Stream.concat(among.stream(), Stream.of(Type.BESIDE)).toList();
        }
        Map<String, Type> types = new LinkedHashMap<>();
        for (String column : List.of("city", "email", "region")) {
            types.put(column, among.get(random.nextInt(among.size())));
        }
        return types;
    }

    /** Answers how many histories were played. */
    int run() {
        for (int batch = 0; batch < BATCHES; batch++) {
            step(batch);
        }
        return KEYS.size();
    }

    private void step(int number) {
        boolean repeats = number > 0 && random.nextInt(4) == 0;
        List<BatchRow> batch = repeats ? before : batch();
        BatchKind kind = random.nextInt(3) == 0 ? BatchKind.SNAPSHOT : BatchKind.DELTA;
        LocalDateTime arrival = BEGIN.plusDays(3L * number).plusHours(random.nextInt(100) - 20L);
        String what =
                load.history() + "\norder by " + load.orderBy() + "\nbatch " + number + " " + kind + " at " + arrival;
        if (!load(what, batch, kind, arrival)) {
            return;
        }
        before = batch;
        if (kind == BatchKind.DELTA && timed) {
            // a row that brought its key back counts for its own time now, where it may contradict another
            load("twice: " + what, batch, kind, arrival);
        }
    }

    /** False when the batch has to be refused, and was. */
    private boolean load(String what, List<BatchRow> batch, BatchKind kind, LocalDateTime arrival) {
        List<Map<String, @Nullable Object>> was = expected();
        try {
            model.apply(batch, kind, arrival);
        } catch (TableModel.Refused refused) {
            expectRefusal(what, refused, batch, kind, arrival);
            return false;
        }
        play(what, was, batch, kind, arrival);
        return true;
    }

    private void play(
            String what,
            List<Map<String, @Nullable Object>> was,
            List<BatchRow> batch,
            BatchKind kind,
            LocalDateTime arrival) {
        table.run(kind, batch, arrival.toInstant(ZoneOffset.UTC), random.nextBoolean());
        List<Map<String, @Nullable Object>> expected = expected();
        List<Map<String, @Nullable Object>> stored = stored();
        HistoryModel beside = model.beside();
        if (beside != null) {
            assertThat(text(own(table.besideRows())))
                    .as(() -> "beside: " + what + "\nrows\n" + text(batch))
                    .isEqualTo(text(beside.rows().stream()
                            .map(HistoryModel.Stored::values)
                            .toList()));
        }
        for (String key : KEYS) {
            assertThat(text(of(key, stored)))
                    .as(() -> what + "\nrows\n"
                            + text(batch.stream()
                                    .filter(row -> key.equals(row.values().get(0)))
                                    .toList())
                            + "\ntable\n" + text(of(key, was)))
                    .isEqualTo(text(of(key, expected)));
        }
    }

    private static List<Map<String, @Nullable Object>> of(String key, List<Map<String, @Nullable Object>> rows) {
        return rows.stream().filter(row -> key.equals(row.get("id"))).toList();
    }

    private void expectRefusal(
            String what, TableModel.Refused refused, List<BatchRow> batch, BatchKind kind, LocalDateTime arrival) {
        try {
            table.run(kind, batch, arrival.toInstant(ZoneOffset.UTC), random.nextBoolean());
        } catch (HeadworksException expected) {
            // of several reasons in one batch either may be told
            assertThat(expected.getMessage()).as(what).containsAnyOf(refused.getMessage(), "differ", "contradict");
            return;
        }
        fail("%s%nshould be refused: %s", what, refused.getMessage());
    }

    private List<Map<String, @Nullable Object>> expected() {
        return model.rows().stream().map(HistoryModel.Stored::values).toList();
    }

    /** Without columns of our own, which are ways and not ends. */
    private List<Map<String, @Nullable Object>> stored() {
        return own(table.rows());
    }

    private static List<Map<String, @Nullable Object>> own(List<Map<String, @Nullable Object>> all) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : all) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>(row);
            kept.keySet().removeIf(column -> column.startsWith("_hw_") || column.equals("sk"));
            rows.add(kept);
        }
        return rows;
    }

    private static String text(List<?> rows) {
        List<String> lines = new ArrayList<>(rows.stream()
                .map(row -> row instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : row.toString())
                .toList());
        Collections.sort(lines);
        return lines.stream().collect(Collectors.joining("\n"));
    }

    private List<BatchRow> batch() {
        List<BatchRow> rows = new ArrayList<>();
        for (String key : KEYS) {
            int many = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(2);
            for (int row = 0; row < (timed ? many : Math.min(many, ordered ? 3 : 1)); row++) {
                List<@Nullable Object> values = values(key);
                boolean deletion = random.nextInt(6) == 0;
                if (timed && !contradicts && !told.add(List.of(key, Objects.requireNonNullElse(time(values), "")))) {
                    continue;
                }
                rows.add(
                        new BatchRow(deletion, deletion && timed && random.nextInt(5) == 0 ? untimed(values) : values));
                if (random.nextInt(8) == 0) {
                    rows.add(rows.get(rows.size() - 1));
                }
            }
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    private @Nullable Object time(List<@Nullable Object> values) {
        return values.get(schema.names().indexOf("at"));
    }

    private List<@Nullable Object> untimed(List<@Nullable Object> values) {
        List<@Nullable Object> untimed = new ArrayList<>(values);
        untimed.set(schema.names().indexOf("at"), null);
        return untimed;
    }

    private List<@Nullable Object> values(String key) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(random.nextInt(5000) == 0 ? null : key);
        for (String column : List.of("name", "city", "email", "region")) {
            int value = random.nextInt(8);
            values.add(value == 0 ? null : column.equals("name") ? "n" + value % 2 : column + value % 3);
        }
        if (ordered) {
            values.add(random.nextInt(10) == 0 ? null : (Object) (long) random.nextInt(moments * 10));
        }
        if (timed) {
            values.add(
                    random.nextInt(3000) == 0
                            ? null
                            : BEGIN.plusMinutes((long) random.nextInt(moments) * 30_000 / moments));
        }
        return values;
    }
}
