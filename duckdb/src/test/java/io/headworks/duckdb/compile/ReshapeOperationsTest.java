package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.transform.Operation.Pivot;
import io.headworks.api.transform.Operation.Rollup;
import io.headworks.api.transform.Operation.Unnest;
import io.headworks.api.transform.Operation.Window;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReshapeOperationsTest {
    private final Duck duck = new Duck();

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void rollupGivesOneRowPerGroupAndNullIsAGroup() {
        Relation input = duck.values(
                "day, amount, _hw_seq", "('a', 1.50, 1)", "('a', 2.25, 2)", "(NULL, 1.00, 3)", "(NULL, NULL, 4)");
        Relation output = duck.compile(
                input, new Rollup(List.of("day"), Pairs.of("orders", "count(*)", "revenue", "sum(amount)")));
        assertThat(output.hidden()).isEmpty();
        assertThat(duck.show(output)).containsExactly("NULL|2|1.00", "a|2|3.75");
    }

    @Test
    void rollupWithoutGroupsIsOneRowAlsoOfNothing() {
        Relation none = duck.rows("SELECT 1 AS a WHERE false");
        assertThat(duck.run(none, new Rollup(List.of(), Pairs.of("n", "count(*)", "s", "sum(a)"))))
                .containsExactly("0|NULL");
    }

    @Test
    void rollupLeavesRejectedRowsOut() {
        Relation input = duck.values("a, _hw_reason", "(1, NULL)", "(2, 'cast\tcast(a)\tno')");
        Relation output = duck.compile(input, new Rollup(List.of(), Pairs.of("s", "sum(a)")));
        assertThat(duck.show(output)).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "avg(amount)", "sum(nope)", "sum(amount", ""})
    void rollupTakesAggregatesThatKeepMoneyExact(String aggregate) {
        Relation input = duck.values("day, amount", "('a', 1.50)");
        assertThatThrownBy(() -> duck.compile(input, new Rollup(List.of("day"), Pairs.of("x", aggregate))))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot rollup x: ");
    }

    @Test
    void whatReshapesCannotCarryDeletions() {
        Relation input = duck.values("a, _hw_op", "(1, 'delete')");
        assertThatThrownBy(() -> duck.compile(input, new Rollup(List.of("a"), Pairs.of("n", "count(*)"))))
                .hasMessageStartingWith("Cannot rollup rows of which some are marked as deleted");
    }

    @Test
    void pivotMakesAColumnOfEachValueAndAggregate() {
        Relation input = duck.values(
                "store, month, amount", "(1, 'jan', 1.5)", "(1, 'jan', 2.0)", "(1, 'it''s', 4.0)", "(2, 'jan', NULL)");
        Relation output = duck.compile(
                input,
                new Pivot(
                        List.of("store"),
                        "month",
                        Pairs.of("revenue", "sum(amount)", "n", "count(*)"),
                        List.of("jan", "it's")));
        assertThat(output.schema().names()).containsExactly("store", "revenue_jan", "n_jan", "revenue_it's", "n_it's");
        assertThat(duck.show(output)).containsExactly("1|3.5|2|4.0|1", "2|NULL|1|NULL|0");
    }

    @Test
    void pivotReadsItsValuesAsTheColumnsType() {
        Relation input = duck.values("y, a", "(2024, 1)", "(2025, 2)");
        assertThat(duck.run(input, new Pivot(List.of(), "y", Pairs.of("s", "sum(a)"), List.of("2024", "2025"))))
                .containsExactly("1|2");
        assertThatThrownBy(() ->
                        duck.compile(input, new Pivot(List.of(), "y", Pairs.of("s", "sum(a)"), List.of("2024.5"))))
                .hasMessage("Cannot pivot y with '2024.5': it is no integer");
    }

    @Test
    void pivotStopsAtAValueThatIsNotListed() {
        Relation input = duck.values("m, a", "('jan', 1)", "('mar', 2)");
        Relation output = duck.compile(input, new Pivot(List.of(), "m", Pairs.of("s", "sum(a)"), List.of("jan")));
        assertThatThrownBy(() -> duck.show(output))
                .hasMessageContaining("Cannot pivot m: 'mar' is not listed (among: jan)");
        Relation nothing = duck.compile(
                duck.values("m, a", "(NULL::varchar, 1)"),
                new Pivot(List.of(), "m", Pairs.of("s", "sum(a)"), List.of("jan")));
        assertThatThrownBy(() -> duck.show(nothing)).hasMessageContaining("Cannot pivot m: NULL is not listed");
    }

    @Test
    void pivotNeedsItsValuesInThePlan() {
        assertThatThrownBy(() -> duck.compile(
                        duck.values("m, a", "('jan', 1)"),
                        new Pivot(List.of(), "m", Pairs.of("s", "sum(a)"), List.of())))
                .hasMessage("Cannot pivot m: its values become columns, which a plan must know")
                .extracting(failure -> ((HeadworksException) failure).hint())
                .isEqualTo("list them: pivot: {column: m, among: [VALUE, VALUE], …}");
    }

    @Test
    void unnestGivesARowPerElement() {
        Relation input = duck.rows("SELECT * FROM (VALUES (1, [{'sku': 'a', 'n': 1}, {'sku': 'b', 'n': 2}]), (2, []),"
                + " (3, NULL), (4, [NULL])) AS v(id, items)");
        Relation output = duck.compile(input, new Unnest("items"));
        assertThat(output.schema().field("items").orElseThrow().type())
                .hasToString("struct(\"sku\" text, \"n\" integer)");
        assertThat(duck.show(output)).containsExactly("1|{'sku': a, 'n': 1}", "1|{'sku': b, 'n': 2}", "4|NULL");
        assertThatThrownBy(() -> duck.compile(input, new Unnest("id")))
                .hasMessage("Cannot unnest id: it is integer, not a list");
    }

    @Test
    void windowAddsColumnsAndArrivalDecidesTies() {
        Relation input =
                duck.values("c, \"at\", _hw_seq", "('x', 5, 2)", "('x', 5, 1)", "('x', NULL, 3)", "('y', 1, 4)");
        Relation output = duck.compile(
                input,
                new Window(
                        List.of("c"),
                        List.of("at"),
                        Pairs.of(
                                "nth",
                                "row_number()",
                                "rank",
                                "rank()",
                                "n",
                                "count(*)",
                                "first",
                                "first_value(\"at\")")));
        assertThat(duck.show(output)).containsExactly("x|5|1|1|2|5", "x|5|2|1|2|5", "x|NULL|3|3|3|5", "y|1|1|1|1|1");
        assertThat(duck.query(
                        "SELECT _hw_seq FROM (" + output.sql() + ") WHERE c = 'x' ORDER BY nth", row -> row.getLong(1)))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void windowOrdersDownwardsWithNullsLast() {
        Relation input = duck.values("a", "(1)", "(2)", "(NULL)");
        assertThat(duck.run(input, new Window(List.of(), List.of("a desc"), Pairs.of("n", "row_number()"))))
                .containsExactly("1|2", "2|1", "NULL|3");
    }

    @Test
    void windowCountsNoRejectedRow() {
        Relation input =
                duck.values("a, _hw_seq, _hw_reason", "(1, 1, 'cast\tcast(a)\tno')", "(1, 2, NULL)", "(2, 3, NULL)");
        Relation output =
                duck.compile(input, new Window(List.of(), List.of("a"), Pairs.of("n", "row_number()", "s", "sum(a)")));
        assertThat(duck.show(new OperationCompiler().accepted(output))).containsExactly("1|1|1", "2|2|3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a - lag(a)", "a", "sum(a) over ()", "coalesce(lag(a), 0) + 1", "row_number() AS x"})
    void windowTakesOneCall(String expression) {
        Relation input = duck.values("a", "(1)");
        assertThatThrownBy(() -> duck.compile(input, new Window(List.of(), List.of("a"), Pairs.of("x", expression))))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot window x: ");
    }
}
