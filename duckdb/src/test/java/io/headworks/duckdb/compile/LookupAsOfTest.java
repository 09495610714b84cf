package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.api.transform.Operation.Lookup;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LookupAsOfTest {
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);

    private final Duck duck = new Duck();
    private final OperationCompiler compiler = new OperationCompiler();

    @AfterEach
    void close() {
        duck.close();
    }

    @Nested
    class OneVersionHolds {
        private void bound() {
            bind(
                    "(10, timestamp '2024-01-01', timestamp '2024-02-01', 1, 'Rome')",
                    "(10, timestamp '2024-02-01', timestamp '2024-03-01', 2, 'Bari')",
                    "(10, timestamp '2024-04-01', timestamp '9999-12-31', 3, NULL)");
        }

        private final Relation input = duck.values(
                "id, customer_id, seen",
                "(1, 10, timestamp '2023-12-31 23:59:59.999999')",
                "(2, 10, timestamp '2024-01-01')",
                "(3, 10, timestamp '2024-01-31 23:59:59.999999')",
                "(4, 10, timestamp '2024-02-01')",
                "(5, 10, timestamp '2024-03-01')",
                "(6, 10, timestamp '2024-04-01')",
                "(7, 10, timestamp '9999-12-31 12:00:00')",
                "(8, 10, NULL)",
                "(9, NULL, timestamp '2024-01-15')",
                "(0, 99, timestamp '2024-01-15')");

        @Test
        void fromItsBeginToBeforeItsEnd() {
            bound();
            assertThat(run(input, Lookup.Missing.KEEP))
                    .containsExactly(
                            "0 NULL NULL",
                            "1 NULL NULL",
                            "2 1 Rome",
                            "3 1 Rome",
                            "4 2 Bari",
                            "5 NULL NULL",
                            "6 3 NULL",
                            "7 3 NULL",
                            "8 NULL NULL",
                            "9 NULL NULL");
        }

        @Test
        void orTheUnknownMember() {
            bound();
            assertThat(run(input, Lookup.Missing.UNKNOWN))
                    .contains("0 -1 NULL", "1 -1 NULL", "2 1 Rome", "5 -1 NULL", "8 -1 NULL", "9 -1 NULL")
                    .hasSize(10);
        }

        @Test
        void orTheRowIsRejected() {
            bound();
            Relation marked = duck.compile(input, lookup("seen", Lookup.Missing.REJECT));
            assertThat(duck.query(
                            "SELECT string_agg(id, ' ' ORDER BY id) FROM ("
                                    + compiler.accepted(marked).sql() + ")",
                            row -> row.getString(1)))
                    .containsExactly("2 3 4 6 7");
            assertThat(duck.reasons(marked))
                    .hasSize(5)
                    .contains("no-match<T>lookup(customer_id)<T>Cannot look up in dim: no version holds at"
                            + " seen = '2024-03-01 00:00:00' for customer_id = '10'");
        }

        @Test
        void endsThatAreNullAreOpen() {
            bind("(10, timestamp '2024-01-01', NULL::timestamp, 1, 'Rome')");
            assertThat(run(input, Lookup.Missing.KEEP)).contains("1 NULL NULL", "2 1 Rome", "7 1 Rome");
        }

        @Test
        void ofDatesAndInstantsInUtc() {
            bound();
            assertThat(run(
                            duck.values(
                                    "id, customer_id, seen",
                                    "(1, 10, timestamptz '2024-02-01 00:30:00+01')",
                                    "(2, 10, timestamptz '2024-01-31 23:30:00-01')"),
                            Lookup.Missing.KEEP))
                    .containsExactly("1 1 Rome", "2 2 Bari");
            assertThat(run(
                            duck.values(
                                    "id, customer_id, seen",
                                    "(1, 10, date '2024-01-31')",
                                    "(2, 10, date '2024-02-01')"),
                            Lookup.Missing.KEEP))
                    .containsExactly("1 1 Rome", "2 2 Bari");
        }

        @Test
        void now() {
            bound();
            duck.values.put("now", Instant.parse("2024-02-29T23:59:59.999999Z"));
            Relation rows = duck.values("id, customer_id", "(1, 10)", "(2, 99)");
            assertThat(show(duck.compile(rows, lookup("now", Lookup.Missing.KEEP))))
                    .containsExactly("1 2 Bari", "2 NULL NULL");
            duck.values.put("now", Instant.parse("2024-03-01T00:00:00Z"));
            Relation marked = duck.compile(rows, lookup("now", Lookup.Missing.REJECT));
            assertThat(duck.reasons(marked))
                    .contains("no-match<T>lookup(customer_id)<T>Cannot look up in dim: no version holds now for"
                            + " customer_id = '10'");
        }
    }

    @Nested
    class TwoVersions {
        private final Relation input = duck.values(
                "id, customer_id, seen, _hw_source",
                "(1, 10, timestamp '2024-02-10', 'f:1')",
                "(2, 10, timestamp '2024-05-01', 'f:2')");

        @Test
        void thatOverlapAtTheTimeOfARowStopTheRun() {
            bind(
                    "(10, timestamp '2024-01-01', timestamp '2024-02-15', 1, 'Rome')",
                    "(10, timestamp '2024-02-01', timestamp '2024-03-01', 2, 'Bari')",
                    "(10, timestamp '2024-04-01', timestamp '9999-12-31', 3, 'Pisa')");
            assertThatThrownBy(() -> run(input, Lookup.Missing.KEEP))
                    .hasMessageContaining("Cannot look up in dim: versions overlap at seen = '2024-02-10 00:00:00' for"
                            + " customer_id = '10' (f:1)");
            assertThat(run(
                            duck.values("id, customer_id, seen", "(2, 10, timestamp '2024-02-20')"),
                            Lookup.Missing.KEEP))
                    .containsExactly("2 2 Bari");
        }

        @Test
        void oneInsideTheOtherStopTheRunAlsoAfterTheInnerOne() {
            bind(
                    "(10, timestamp '2024-01-01', timestamp '9999-12-31', 1, 'Rome')",
                    "(10, timestamp '2024-02-01', timestamp '2024-03-01', 2, 'Bari')");
            assertThatThrownBy(() -> run(
                            duck.values("id, customer_id, seen", "(2, 10, timestamp '2024-05-01')"),
                            Lookup.Missing.UNKNOWN))
                    .hasMessageContaining("versions overlap");
        }

        @Test
        void thatBeginAtOneTimeStopTheRun() {
            bind(
                    "(10, timestamp '2024-01-01', timestamp '9999-12-31', 1, 'Rome')",
                    "(10, timestamp '2024-01-01', timestamp '9999-12-31', 2, 'Bari')");
            assertThatThrownBy(() -> run(input, Lookup.Missing.KEEP)).hasMessageContaining("versions overlap");
            duck.values.put("now", Instant.parse("2024-03-01T00:00:00Z"));
            Relation now = duck.compile(input, lookup("now", Lookup.Missing.KEEP));
            assertThatThrownBy(() -> show(now)).hasMessageContaining("2 versions hold now for customer_id = '10'");
        }
    }

    @Nested
    class Refused {
        private final Relation input = duck.values("id, customer_id, seen, n", "(1, 10, timestamp '2024-02-10', 5)");

        @Test
        void withoutAsOfOnATableWithHistory() {
            bind("(10, timestamp '2024-01-01', timestamp '9999-12-31', 1, 'Rome')");
            assertThatThrownBy(() -> duck.compile(input, lookup(null, Lookup.Missing.KEEP)))
                    .hasMessage("Cannot look up in dim: it keeps history, and nothing says which version is meant");
        }

        @Test
        void asOfOnATableWithoutVersions() {
            duck.bind(
                    "dim",
                    duck.rows("SELECT 10 AS customer_id, 1 AS sk, 'Rome' AS city"),
                    load(History.Type.OVERWRITE, null));
            assertThatThrownBy(() -> duck.compile(input, lookup("seen", Lookup.Missing.KEEP)))
                    .hasMessage("Cannot look up in dim as of seen: it has one row for each key and no versions");
        }

        @Test
        void timesThatAreNone() {
            bind("(10, timestamp '2024-01-01', timestamp '9999-12-31', 1, 'Rome')");
            assertThatThrownBy(() -> duck.compile(input, lookup("n", Lookup.Missing.KEEP)))
                    .hasMessage("Cannot look up in dim as of n: it is integer (allowed: date, timestamp or timestamptz"
                            + " of at most 6 digits)");
            assertThatThrownBy(() -> duck.compile(input, lookup("nope", Lookup.Missing.KEEP)))
                    .hasMessageContaining("Cannot look up in dim as of nope: no such column");
            assertThatThrownBy(() -> duck.compile(input, lookup("now", Lookup.Missing.KEEP)))
                    .hasMessageContaining("nothing says when this run is");
        }
    }

    /** Histories with gaps, and rows at, before and after every begin and end, against a search of each interval. */
    @Test
    void randomHistoriesAsASearchFindsThem() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            Map<Integer, List<Interval>> histories = new TreeMap<>();
            for (int key = 0; key < 6; key++) {
                histories.put(key, intervals(random, key * 100));
            }
            boolean openIsNull = random.nextBoolean();
            bindAll(histories, openIsNull ? null : History.FAR_AWAY, random);
            List<String> facts = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int id = 0; id < 60; id++) {
                int key = random.nextInt(7);
                int hour = random.nextInt(60) - 5;
                facts.add("(" + id + ", " + key + ", " + timestamp(hour) + ")");
                expected.add(id + " "
                        + histories.getOrDefault(key, List.of()).stream()
                                .filter(each -> each.from <= hour && hour < each.to)
                                .map(each -> each.sk + " c" + each.sk)
                                .findFirst()
                                .orElse("-1 NULL"));
            }
            Relation input = duck.values("id, customer_id, seen", facts.toArray(String[]::new));
            assertThat(run(input, Lookup.Missing.UNKNOWN))
                    .as("seed " + seed + ", round " + round)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private record Interval(int from, int to, int sk) {}

    private static List<Interval> intervals(Random random, int firstKey) {
        List<Interval> intervals = new ArrayList<>();
        int from = random.nextInt(10);
        while (random.nextInt(6) > 0 && from < 45) {
            int to = random.nextInt(8) == 0 ? Integer.MAX_VALUE : from + 1 + random.nextInt(9);
            intervals.add(new Interval(from, to, firstKey + intervals.size()));
            from = to == Integer.MAX_VALUE ? 99 : to + (random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0);
        }
        return intervals;
    }

    private void bindAll(Map<Integer, List<Interval>> histories, @Nullable LocalDate openEnd, Random random) {
        List<String> rows = new ArrayList<>();
        rows.add("(-1, timestamp '2024-01-01', timestamp '2024-01-02', 0, 'never sought')");
        histories.forEach((key, intervals) -> intervals.forEach(each -> rows.add("(" + key + ", " + timestamp(each.from)
                + ", "
                + (each.to < Integer.MAX_VALUE
                        ? timestamp(each.to)
                        : openEnd == null ? "NULL" : "timestamp '" + openEnd + "'")
                + ", " + each.sk + ", 'c" + each.sk + "')")));
        Collections.shuffle(rows, random);
        bind(openEnd, rows.toArray(String[]::new));
    }

    private static String timestamp(int hour) {
        return "timestamp '" + START.plusHours(hour).toString().replace('T', ' ') + ":00'";
    }

    private List<String> run(Relation input, Lookup.Missing missing) {
        return show(duck.compile(input, lookup("seen", missing)));
    }

    private List<String> show(Relation output) {
        return duck.query(
                "SELECT concat_ws(' ', id, coalesce(sk::varchar, 'NULL'), coalesce(city, 'NULL')) FROM (" + output.sql()
                        + ") ORDER BY id",
                row -> row.getString(1));
    }

    private void bind(String... rows) {
        bind(History.FAR_AWAY, rows);
    }

    private void bind(@Nullable LocalDate openEnd, String... rows) {
        duck.bind("dim", duck.values("customer_id, since, until, sk, city", rows), load(History.Type.VERSION, openEnd));
    }

    private static Load load(History.Type type, @Nullable LocalDate openEnd) {
        return new Load(
                TableName.parse("dim"),
                Strategy.MERGE,
                List.of("customer_id"),
                List.of(),
                Load.Deletes.APPLY,
                "is_deleted",
                null,
                List.of(),
                Load.SchemaPolicy.EVOLVE,
                Load.Breaker.NONE,
                null,
                null,
                null,
                new History(
                        type,
                        Map.of(),
                        null,
                        History.Deletes.CLOSE,
                        new History.Names("since", "until", "is_current", "is_deleted", "sk"),
                        openEnd));
    }

    private static Lookup lookup(@Nullable String asOf, Lookup.Missing missing) {
        return new Lookup(
                DatasetName.parse("dim"),
                Pairs.of("customer_id", "customer_id"),
                asOf,
                Pairs.of("sk", "sk", "city", "city"),
                missing,
                null);
    }
}
