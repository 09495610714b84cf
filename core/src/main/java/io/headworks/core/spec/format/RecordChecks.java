package io.headworks.core.spec.format;

import static io.headworks.core.spec.format.CheckKeys.COLUMNS;
import static io.headworks.core.spec.format.CheckKeys.COLUMN_KEY;
import static io.headworks.core.spec.format.CheckKeys.check;

import io.headworks.api.check.Comparison;
import io.headworks.api.check.Rule;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that hold columns of one row against each other. */
final class RecordChecks {
    private static final Key<Comparison> IS = Key.of("is", ChoiceKind.of(operators()), "How it stands to the other.")
            .mandatory()
            .like("\"<=\"");
    private static final Key<String> TO =
            Key.of("to", Scalars.COLUMN, "The other column.").mandatory().like("shipped_at");
    private static final Key<Rule.Compare.Nulls> NULLS = Key.of(
                    "nulls",
                    ChoiceKind.of(List.of(Rule.Compare.Nulls.values())),
                    "What a NULL on either side means: pass, fail, or equal (two NULLs are equal, one differs from any value).")
            .byDefault(Rule.Compare.Nulls.PASS, "pass");
    private static final Key<String> SUM =
            Key.of("equals", Scalars.TEXT, "A column, or a number.").mandatory().like("gross");
    private static final Key<BigDecimal> TOLERANCE = Key.of(
                    "tolerance", Scalars.NUMBER, "How far the two may be apart.")
            .byDefault(BigDecimal.ZERO, "0")
            .like("0.01");
    private static final Key<String> THEN = Key.of("then", Expressions.CONDITION, "What must be true.")
            .mandatory()
            .like("\"paid_at is not null\"");
    private static final Key<String> WHEN = Key.of("when", Expressions.CONDITION, "For which rows; without it for all.")
            .like("\"status = 'paid'\"");

    static final List<Key<CheckDraft>> KEYS = List.of(
            check(
                    "compare",
                    "Two columns of a row stand in an order.",
                    List.of(COLUMN_KEY, IS, TO, NULLS),
                    null,
                    "{column: placed_at, is: \"<=\", to: shipped_at}",
                    v -> new Rule.Compare(v.get(COLUMN_KEY), v.get(IS), v.get(TO), v.get(NULLS))),
            check(
                    "different",
                    "No two of the columns hold the same value in a row.",
                    List.of(COLUMNS),
                    COLUMNS,
                    "[sender, receiver]",
                    v -> CheckKeys.atLeast(2, v) ? new Rule.Different(v.get(COLUMNS)) : null),
            check(
                    "total",
                    "Columns of a row add up to another column, or to a number.",
                    List.of(COLUMNS, SUM, TOLERANCE),
                    null,
                    "{columns: [net, tax], equals: gross}",
                    RecordChecks::total),
            check(
                    "condition",
                    "A condition is true for each row; with when, for those for which that is.",
                    List.of(THEN, WHEN),
                    THEN,
                    "{when: \"status = 'paid'\", then: \"paid_at is not null\"}",
                    v -> new Rule.Condition(v.get(THEN), v.find(WHEN))));

    private RecordChecks() {}

    private static @Nullable Rule total(Values v) {
        if (v.get(TOLERANCE).signum() < 0) {
            v.refuse(TOLERANCE, "invalid-value", "it is below 0", null);
            return null;
        }
        return new Rule.Total(v.get(COLUMNS), v.get(SUM), v.get(TOLERANCE));
    }

    private static Map<String, Comparison> operators() {
        Map<String, Comparison> words = new LinkedHashMap<>();
        for (Comparison comparison : Comparison.values()) {
            words.put(comparison.operator(), comparison);
        }
        return words;
    }
}
