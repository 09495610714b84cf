package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Cast;
import io.headworks.api.transform.Operation.Dedupe;
import io.headworks.api.transform.Operation.Derive;
import io.headworks.api.transform.Operation.Filter;
import io.headworks.api.type.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowOperationsTest {
    private final Duck duck = new Duck();

    @AfterEach
    void close() {
        duck.close();
    }

    @Nested
    class DedupeKeeps {
        @Test
        void theHighestAndNullsLast() {
            Relation input = duck.values(
                    "id, \"at\", v, _hw_seq",
                    "(1, 5, 'a', 1)",
                    "(1, NULL, 'b', 2)",
                    "(1, 7, 'c', 3)",
                    "(2, NULL, 'd', 4)");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.LATEST, "at"))).containsExactly("1|7|c", "2|NULL|d");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.EARLIEST, "at"))).containsExactly("1|5|a", "2|NULL|d");
        }

        @Test
        void theLastToArriveOfEquals() {
            Relation input =
                    duck.values("id, \"at\", v, _hw_seq", "(1, 5, 'b', 2)", "(1, 5, 'c', 3)", "(1, 5, 'a', 1)");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.LATEST, "at"))).containsExactly("1|5|c");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.LATEST))).containsExactly("1|5|c");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.EARLIEST))).containsExactly("1|5|a");
        }

        @Test
        void oneOrderAlsoWithoutArrival() {
            Relation input = duck.values("id, \"at\", v", "(1, 5, 'b')", "(1, 5, 'c')", "(1, 5, 'a')");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.LATEST, "at"))).containsExactly("1|5|c");
            assertThatThrownBy(() -> duck.run(input, dedupe(Dedupe.Keep.LATEST)))
                    .hasMessageStartingWith("Cannot dedupe by arrival: after an operation that reshapes");
        }

        @Test
        void everyRowWithoutAKey() {
            Relation input =
                    duck.values("id, \"at\", v, _hw_seq", "(NULL, 5, 'a', 1)", "(NULL, 5, 'b', 2)", "(1, 5, 'c', 3)");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.LATEST, "at")))
                    .containsExactly("1|5|c", "NULL|5|a", "NULL|5|b");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.REFUSE))).hasSize(3);
        }

        @Test
        void rejectedRowsButNeverAsWinners() {
            Relation marked = duck.compile(
                    duck.values("id, \"at\", v, _hw_seq", "(1, 9, 'ten', 1)", "(1, 5, '5', 2)", "(1, 4, '4', 3)"),
                    new Cast(List.of(new Cast.Column("v", DataType.BIGINT, Cast.OnError.REJECT, false))));
            Relation output = duck.compile(marked, dedupe(Dedupe.Keep.LATEST, "at"));
            assertThat(duck.show(new OperationCompiler().accepted(output))).containsExactly("1|5|5");
            assertThat(duck.reasons(output)).hasSize(1);
            assertThat(duck.show(duck.compile(
                            new Relation(
                                    "SELECT * FROM (" + marked.sql() + ") WHERE v IS NULL OR v = 5",
                                    marked.schema(),
                                    marked.hidden()),
                            dedupe(Dedupe.Keep.REFUSE))))
                    .hasSize(2);
        }

        @Test
        void nothingWhenAskedToRefuse() {
            Relation input =
                    duck.values("id, \"at\", v, _hw_seq", "(1, 5, 'a', 1)", "(1, 5, 'b', 2)", "(2, 5, 'c', 3)");
            Relation output = duck.compile(input, dedupe(Dedupe.Keep.REFUSE));
            assertThatThrownBy(() -> duck.number("SELECT count(*) FROM (" + output.sql() + ")"))
                    .hasMessageContaining("Cannot dedupe: 2 rows have id = '1'");
        }

        @Test
        void nanIsOneKeyAndNegativeZeroIsZero() {
            Relation input = duck.values(
                    "id, \"at\", v, _hw_seq",
                    "('nan'::double, 1, 'a', 1)",
                    "('nan'::double, 2, 'b', 2)",
                    "(0::double, 1, 'c', 3)",
                    "('-0'::double, 2, 'd', 4)");
            assertThat(duck.run(input, dedupe(Dedupe.Keep.LATEST, "at"))).containsExactly("-0.0|2|d", "nan|2|b");
        }

        private static Dedupe dedupe(Dedupe.Keep keep, String... by) {
            return new Dedupe(List.of("id"), keep, List.of(by));
        }
    }

    @Nested
    class FilterKeeps {
        @Test
        void onlyRowsForWhichItIsTrue() {
            assertThat(duck.run(duck.values("x", "(1)", "(2)", "(NULL)"), new Filter("x > 1 -- or NULL")))
                    .containsExactly("2");
        }

        @Test
        void rejectedRowsAndDeletions() {
            Relation input = duck.values(
                    "x, _hw_op, _hw_reason",
                    "(1, 'upsert', NULL)",
                    "(NULL, 'delete', NULL)",
                    "(NULL, 'upsert', 'cast\tcast(x)\tno')",
                    "(5, 'upsert', NULL)");
            Relation output = duck.compile(input, new Filter("x > 1"));
            assertThat(duck.show(output)).containsExactly("5", "NULL", "NULL");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "x + 1",
                    "",
                    "x > 1; drop table t",
                    "x > 1) or (true",
                    "(x > 1",
                    "x in (select 1)",
                    "y > 1",
                    "sum(x) > 1",
                    "'open",
                    "x > {{ from }}",
                    "_hw_seq > 0"
                })
        void nothingThatIsNoCondition(String condition) {
            Relation input = duck.values("x, _hw_seq", "(1, 1)");
            assertThatThrownBy(() -> duck.compile(input, new Filter(condition)))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageStartingWith("Cannot filter");
        }
    }

    @Nested
    class DeriveMakes {
        @Test
        void allFromTheInput() {
            Relation input = duck.values("a, b", "(1, 10)");
            assertThat(duck.run(input, derive("a", "b", "b", "a", "c", "a + b")))
                    .containsExactly("10|1|11");
            assertThatThrownBy(() -> duck.compile(input, derive("c", "a + b", "d", "c + 1")))
                    .hasMessageStartingWith("Cannot derive d: ")
                    .hasMessageContaining("\"c\"");
        }

        @Test
        void columnsWithTheTypesTheEngineGives() {
            Relation output = duck.compile(
                    duck.values("a, t", "(1.50::decimal(18,2), timestamp '2024-01-01 10:00:00')"),
                    derive("big", "a > 1", "day", "cast(t as date)", "twice", "a * 2", "\"q\" 😀", "a"));
            assertThat(output.schema().fields())
                    .extracting(field -> field.name() + " " + field.type())
                    .containsExactly(
                            "a decimal(18,2)",
                            "t timestamp",
                            "big boolean",
                            "day date",
                            "twice decimal(18,2)",
                            "\"q\" 😀 decimal(18,2)");
            assertThat(duck.show(output)).containsExactly("1.50|2024-01-01 10:00:00|true|2024-01-01|3.00|1.50");
        }

        @Test
        void noDoubleOfADecimalUnasked() {
            Relation input = duck.values("a, n", "(1.50::decimal(18,2), 3)");
            assertThatThrownBy(() -> duck.compile(input, derive("half", "a / 2")))
                    .hasMessage("Cannot derive half: (a / 2) makes a double of a (decimal(18,2))");
            assertThat(duck.run(
                            input, derive("half", "cast(a / 2 as decimal(18,2))", "d", "a::double / 2", "r", "n / 2")))
                    .containsExactly("1.50|3|0.75|0.75|1.5");
        }

        @Test
        void anErrorOfADivisionByZero() {
            Relation output = duck.compile(duck.values("a, b", "(1, 0)"), derive("c", "a / b"));
            assertThatThrownBy(() -> duck.show(output)).hasMessageContaining("Division by zero");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"unnest([1, 2])", "sum(a)", "*", "a, 1", "a) from x --", "columns(*)", "null", "a AS b"})
        void nothingElse(String expression) {
            Relation input = duck.values("a", "(1)");
            assertThatThrownBy(() -> duck.show(duck.compile(input, derive("x", expression))))
                    .isInstanceOf(HeadworksException.class)
                    .hasMessageStartingWith("Cannot ");
        }

        private static Derive derive(String... pairs) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < pairs.length; i += 2) {
                map.put(pairs[i], pairs[i + 1]);
            }
            return new Derive(map);
        }
    }
}
