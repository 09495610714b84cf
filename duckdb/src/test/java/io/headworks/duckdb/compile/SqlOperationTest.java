package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Derive;
import io.headworks.api.transform.Operation.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlOperationTest {
    private final Duck duck = new Duck();
    private Relation input = new Relation("", io.headworks.api.type.Schema.EMPTY, java.util.List.of());

    @BeforeEach
    void input() {
        input = duck.values("id, name, _hw_seq", "(1, 'a', 1)", "(2, 'b', 2)");
        duck.bind("orders", duck.values("id, total", "(1, 10)", "(3, 30)"));
        duck.bind("ref.fx rates", duck.values("id, rate", "(1, 0.5)"));
    }

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void readsThePreviousStageWithoutHiddenColumns() {
        Relation output =
                duck.compile(input, new Derive(Pairs.of("n", "id * 2")), sql("SELECT * FROM {{ input }} ;\n-- end"));
        assertThat(output.hidden()).isEmpty();
        assertThat(output.schema().names()).containsExactly("id", "name", "n");
        assertThat(duck.show(output)).containsExactly("1|a|2", "2|b|4");
    }

    @Test
    void joinsDatasetsByAnySpellingOfTheirNames() {
        assertThat(
                        duck.run(
                                input,
                                sql(
                                        "WITH o AS (SELECT * FROM orders)\nSELECT input.id, o.total, r.rate, '{{' AS x -- {{ nope }}\n"
                                                + "FROM {{ input }}\nLEFT JOIN o USING (id) LEFT JOIN ref.\"fx rates\" AS r ON r.id = input.id")))
                .containsExactly("1|10|0.5|{{", "2|NULL|NULL|{{");
    }

    @Test
    void fillsValuesInAsTypedLiterals() {
        duck.values.put("from", Instant.parse("2024-01-01T00:00:00.123456Z"));
        duck.values.put("day", LocalDate.parse("2024-01-01"));
        duck.values.put("run_id", "x'); drop table t; --");
        duck.values.put("var.limit", 5L);
        duck.values.put("var.rate", new BigDecimal("-0.010"));
        duck.values.put("var.big", new BigDecimal("1E+3"));
        duck.values.put("var.on", true);
        Relation output = duck.compile(
                input,
                sql("SELECT {{ from }} AS f, {{day}} AS d, {{ run_id }} AS r, {{ var.limit }} AS l,"
                        + " {{ var.rate }} AS p, {{ var.big }} AS b, {{ var.on }} AS o FROM {{ input }} LIMIT 1"));
        assertThat(output.schema().fields())
                .extracting(field -> field.type().toString())
                .containsExactly("timestamptz", "date", "text", "integer", "decimal(4,3)", "decimal(4,0)", "boolean");
        assertThat(duck.show(output))
                .containsExactly("2024-01-01 00:00:00.123456+00|2024-01-01|x'); drop table t; --|5|-0.010|1000|true");
    }

    @Test
    void namesTheNearestPlaceholder() {
        duck.values.put("from", null);
        duck.values.put("run_id", "r");
        assertThatThrownBy(() -> duck.compile(input, sql("SELECT {{ run_ID }} FROM {{ input }}")))
                .hasMessage("Cannot use sql/shape.sql: there is no {{ run_ID }} (allowed: input, from, run_id)")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("did you mean run_id?");
        assertThatThrownBy(() -> duck.compile(input, sql("SELECT {{ from }} FROM {{ input }}")))
                .hasMessage("Cannot use sql/shape.sql: {{ from }} has no value in this run");
        assertThatThrownBy(() -> duck.compile(input, sql("SELECT '{{ run_id }}' FROM {{ input }}")))
                .hasMessageContaining("would keep its brackets");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1                                              | it never reads {{ input }}, and the rows of the previous stage would be lost
            SELECT * FROM {{ input }}, read_csv('/etc/passwd')    | read_csv() reads what is no dataset
            SELECT getenv('HOME') FROM {{ input }}                | getenv() reads what is no dataset
            SELECT getvariable('hw_salt') FROM {{ input }}        | getvariable() reads what is no dataset
            DELETE FROM {{ input }}                               | only SELECT is allowed here
            SELECT 1 FROM {{ input }}; SELECT 2                   | only one statement is allowed here
            SELECT nope FROM {{ input }}                          | "nope"
            SELECT 'open FROM {{ input }}                         | a ' is never closed
            """, quoteCharacter = '`')
    void refuses(String text, String why) {
        assertThatThrownBy(() -> duck.compile(input, sql(text)))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot use sql/shape.sql: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM {{ input }} JOIN unknown USING (id)",
                "SELECT * FROM {{ input }}, '/etc/passwd'",
                "SELECT * FROM {{ input }}, main._hw_input"
            })
    void refusesWhatIsNoDataset(String text) {
        assertThatThrownBy(() -> duck.compile(input, sql(text)))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot use sql/shape.sql: ")
                .hasMessageContaining("dataset");
    }

    @Test
    void refusesColumnsOfOneNameAndAnotherDialect() {
        assertThatThrownBy(() -> duck.compile(input, sql("SELECT id, 2 AS \"ID\" FROM {{ input }}")))
                .hasMessage("Cannot tell columns id and ID apart: they differ only in case");
        assertThatThrownBy(() -> duck.compile(input, new Sql("a.sql", "SELECT * FROM {{ input }}", "spark")))
                .hasMessage("Cannot use a.sql: this engine reads dialect duckdb, the file says spark");
        assertThatThrownBy(
                        () -> duck.compile(duck.values("a, _hw_op", "(1, 'upsert')"), sql("SELECT * FROM {{ input }}")))
                .hasMessageStartingWith("Cannot use sql/shape.sql on rows of which some are marked as deleted");
    }

    private static Sql sql(String text) {
        return new Sql("sql/shape.sql", text, "duckdb");
    }
}
