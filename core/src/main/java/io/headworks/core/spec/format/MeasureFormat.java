package io.headworks.core.spec.format;

import io.headworks.api.check.Measure;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured, as the keys of a check say it. */
final class MeasureFormat {
    static final Key<Measure.Of> MEASURE = Key.of(
                    "measure",
                    ChoiceKind.of(Arrays.stream(Measure.Of.values())
                            .filter(of -> of != Measure.Of.EXPRESSION && of != Measure.Of.SELECT)
                            .toList()),
                    "What is measured.")
            .like("mean");
    static final Key<String> COLUMN =
            Key.of("column", Scalars.COLUMN, "The column measured.").like("amount");
    static final Key<BigDecimal> QUANTILE = Key.of(
                    "quantile", Scalars.NUMBER, "Between 0 and 1, with measure: quantile.")
            .like("0.95");
    static final Key<String> EXPRESSION = Key.of(
                    "expression", Expressions.EXPRESSION, "An aggregate of your own instead of a measure.")
            .like("\"sum(tax) / sum(net)\"");
    static final Key<String> SELECT = Key.of(
                    "select",
                    Expressions.SELECT,
                    "A SELECT of one number instead of a measure; {{ table }} is what is checked.")
            .like("\"select count(distinct store_id) from {{ table }}\"");

    private MeasureFormat() {}

    /**
     * Null when it makes no sense, which was reported.
     *
     * @param otherwise what is measured when nothing is said
     */
    static @Nullable Measure read(Values v, @Nullable Measure otherwise) {
        List<Key<?>> given = new ArrayList<>(List.of(MEASURE, EXPRESSION, SELECT));
        given.removeIf(key -> !v.has(key));
        if (given.size() > 1) {
            v.refuse(
                    given.get(1),
                    "conflicting-keys",
                    "it is measured one way (allowed: measure, expression, select)",
                    null);
            return null;
        } else if (given.isEmpty() && (otherwise == null || v.has(COLUMN))) {
            v.in().refuse(
                            v.node(),
                            "missing-key",
                            "it says not what is measured (allowed: measure, expression, select)",
                            "add measure: mean");
            return null;
        } else if (given.isEmpty()) {
            return otherwise;
        }
        Measure.Of of = v.has(EXPRESSION) ? Measure.Of.EXPRESSION : v.has(SELECT) ? Measure.Of.SELECT : v.get(MEASURE);
        return isComplete(v, of)
                ? new Measure(
                        of, v.find(COLUMN), v.find(QUANTILE), v.has(EXPRESSION) ? v.find(EXPRESSION) : v.find(SELECT))
                : null;
    }

    private static boolean isComplete(Values v, Measure.Of of) {
        BigDecimal quantile = v.find(QUANTILE);
        if (v.has(COLUMN) != of.needsColumn()) {
            v.refuse(
                    COLUMN,
                    of.needsColumn() ? "missing-key" : "conflicting-keys",
                    of.needsColumn() ? "measure " + of.word() + " needs it" : of.word() + " is of no column",
                    null);
            return false;
        } else if ((quantile != null) != (of == Measure.Of.QUANTILE)) {
            v.refuse(QUANTILE, "conflicting-keys", "it goes together with measure: quantile", null);
            return false;
        } else if (quantile != null && (quantile.signum() < 0 || quantile.compareTo(BigDecimal.ONE) > 0)) {
            v.refuse(QUANTILE, "invalid-value", quantile + " is not between 0 and 1", null);
            return false;
        }
        return true;
    }

    /** True for a bound that fits what is measured, and for none. */
    static boolean isBound(Values v, Key<String> key, Measure measure) {
        String text = v.find(key);
        boolean anything = measure.of() == Measure.Of.MIN || measure.of() == Measure.Of.MAX;
        if (text == null || anything || Scalars.number(text) != null) {
            return true;
        } else if (measure.of().isShare() && Scalars.share(text) != null) {
            return true;
        }
        v.refuse(
                key,
                "invalid-value",
                "'" + text + "' is no " + (measure.of().isShare() ? "share (allowed: as 95% or 0.95)" : "number"),
                null);
        return false;
    }

    /** A share as a number from 0 to 1. */
    static @Nullable String bound(@Nullable String text, Measure measure) {
        BigDecimal share = text == null || !measure.of().isShare() ? null : Scalars.share(text);
        return share == null ? text : share.toPlainString();
    }
}
