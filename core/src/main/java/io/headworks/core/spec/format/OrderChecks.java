package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.COLUMN;
import static io.headworks.core.spec.format.CheckKeys.COLUMN_KEY;
import static io.headworks.core.spec.format.CheckKeys.PER;
import static io.headworks.core.spec.format.CheckKeys.check;
import static io.headworks.core.spec.format.CheckKeys.either;

import io.headworks.api.check.Rule;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.Scalars;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that hold rows against their neighbours in an order. */
final class OrderChecks {
    private static final Key<List<String>> ORDER_BY = Key.of(
                    "order_by", ListKind.oneOrMore(COLUMN), "The order of the rows.")
            .mandatory()
            .like("[placed_at]");
    private static final Key<Boolean> FALLING = Key.of(
                    "direction", either("down", "up"), "Whether values rise or fall.")
            .byDefault(false, "up");
    private static final Key<Boolean> STRICTLY = Key.of(
                    "strictly", Scalars.BOOLEAN, "Whether neighbours must not be equal.")
            .byDefault(false, "false");
    private static final Key<String> STEP = Key.of(
                    "step", Scalars.TEXT, "From one value to the next: a number, days of a date, or a duration.")
            .byDefault("1", "1")
            .like("1d");
    private static final Key<String> FROM =
            Key.of("from", COLUMN, "Where it begins.").mandatory().like("valid_from");
    private static final Key<String> TO =
            Key.of("to", COLUMN, "Where it ends.").mandatory().like("valid_to");
    private static final Key<Rule.Intervals.Gaps> GAPS = Key.of(
                    "gaps",
                    ChoiceKind.of(List.of(Rule.Intervals.Gaps.values())),
                    "Whether something may, must not or must lie between two neighbours.")
            .byDefault(Rule.Intervals.Gaps.ALLOW, "allow");
    private static final Key<Boolean> CLOSED = Key.of(
                    "ends", either("inclusive", "exclusive"), "Whether the end belongs to the interval.")
            .byDefault(false, "exclusive");
    private static final Key<Boolean> EMPTY = Key.of(
                    "empty", either("allow", "refuse"), "Whether an interval may end where it begins.")
            .byDefault(false, "refuse");
    private static final Key<BigDecimal> Z_SCORE = Key.of(
                    "z_score", Scalars.NUMBER, "The most standard deviations that a value may lie from the mean.")
            .byDefault(BigDecimal.valueOf(3), "3");

    static final List<Key<CheckDraft>> KEYS = List.of(
            check(
                    "monotonic",
                    "Values rise, or fall, from row to row.",
                    List.of(COLUMN_KEY, ORDER_BY, FALLING, STRICTLY, PER),
                    null,
                    "{column: balance, order_by: posted_at, per: account_id, strictly: true}",
                    v -> new Rule.Monotonic(
                            v.get(COLUMN_KEY), v.get(FALLING), v.get(STRICTLY), v.get(ORDER_BY), v.get(PER))),
            check(
                    "sequence",
                    "Values follow one another without gap or repetition.",
                    List.of(COLUMN_KEY, STEP, PER),
                    COLUMN_KEY,
                    "{column: line_no, per: order_id}",
                    v -> new Rule.Sequence(v.get(COLUMN_KEY), v.get(STEP), v.get(PER))),
            check(
                    "intervals",
                    "Intervals do not overlap.",
                    List.of(FROM, TO, PER, GAPS, CLOSED, EMPTY),
                    null,
                    "{from: valid_from, to: valid_to, per: customer_id, gaps: refuse}",
                    v -> {
                        if (v.get(CLOSED) && v.get(GAPS) != Rule.Intervals.Gaps.ALLOW) {
                            v.refuse(
                                    GAPS,
                                    "not-yet",
                                    "gaps between intervals with inclusive ends are not built yet",
                                    "leave gaps out, or write ends: exclusive");
                            return null;
                        }
                        return new Rule.Intervals(
                                v.get(FROM), v.get(TO), v.get(PER), v.get(GAPS), v.get(CLOSED), v.get(EMPTY));
                    }),
            check(
                    "outliers",
                    "No value lies far from the mean.",
                    List.of(COLUMN_KEY, Z_SCORE),
                    COLUMN_KEY,
                    "{column: amount, z_score: 4}",
                    v -> {
                        @Nullable Rule rule = null;
                        if (v.get(Z_SCORE).signum() <= 0) {
                            v.refuse(Z_SCORE, "invalid-value", "it is not above 0", null);
                        } else {
                            rule = new Rule.Outliers(v.get(COLUMN_KEY), v.get(Z_SCORE));
                        }
                        return rule;
                    }));

    private OrderChecks() {}
}
