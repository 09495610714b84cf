package io.headworks.core.contract;

import io.headworks.api.check.Check;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Widening;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contract.Column;
import io.headworks.core.spec.Contract.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What changed from one version of a contract to another, seen by those who read the table. */
public final class ContractComparison {
    private final Contract old;
    private final Contract now;
    private final List<ContractChange> changes = new ArrayList<>();

    private ContractComparison(Contract old, Contract now) {
        this.old = old;
        this.now = now;
    }

    /** Every change: those of the contract as a whole, then column by column in the order of the old version, new ones last. */
    public static List<ContractChange> between(Contract old, Contract now) {
        ContractComparison comparison = new ContractComparison(old, now);
        comparison.table();
        comparison.policy();
        comparison.service();
        comparison.columns();
        comparison.changes.addAll(CheckChanges.between("the table", old.checks(), now.checks()));
        comparison.texts();
        return List.copyOf(comparison.changes);
    }

    /** Where the project says it is: an environment may keep it elsewhere. */
    private void table() {
        Object before = old.written().get("table");
        Object after = now.written().get("table");
        if (!Objects.equals(before, after)) {
            changes.add(ContractChange.breaking(
                    "table " + before + " → " + after, "who reads the old table finds nothing new there", false));
        }
    }

    private void policy() {
        Policy before = old.policy();
        Policy after = now.policy();
        if (before == after) {
            return;
        }
        String what = "breaking_change_policy " + key(before) + " → " + key(after);
        boolean weaker = after == null || (before != null && after.compareTo(before) < 0);
        changes.add(
                weaker
                        ? ContractChange.breaking(what, "readers are less protected from later changes", true)
                        : ContractChange.additive(what, "readers are better protected", true));
    }

    private static String key(@Nullable Policy policy) {
        return policy == null ? "none" : policy.key();
    }

    private void service() {
        Duration before = old.sla().freshness();
        Duration after = now.sla().freshness();
        promise(
                "sla.freshness_hours",
                hours(before),
                hours(after),
                before != null && (after == null || after.compareTo(before) > 0),
                "rows may be older than readers count on");
        if (before != null
                && after != null
                && !Objects.equals(old.sla().freshnessColumn(), now.sla().freshnessColumn())) {
            changes.add(ContractChange.breaking(
                    "sla.freshness_column " + old.sla().freshnessColumn() + " → "
                            + now.sla().freshnessColumn(),
                    "freshness measures something else",
                    false));
        }
        BigDecimal often = old.sla().availabilityPercent();
        BigDecimal oftenNow = now.sla().availabilityPercent();
        promise(
                "sla.availability_percent",
                text(often),
                text(oftenNow),
                often != null && (oftenNow == null || oftenNow.compareTo(often) < 0),
                "the table may be out of reach more often than readers count on");
    }

    private void promise(
            String key, @Nullable String before, @Nullable String after, boolean less, String reasonWhenLess) {
        if (!Objects.equals(before, after)) {
            String what = key + " " + before + " → " + after;
            changes.add(
                    less
                            ? ContractChange.breaking(what.replace("null", "none"), reasonWhenLess, true)
                            : ContractChange.additive(what.replace("null", "none"), "more is promised", false));
        }
    }

    private static @Nullable String hours(@Nullable Duration duration) {
        return duration == null
                ? null
                : new BigDecimal(duration.toSeconds())
                        .divide(BigDecimal.valueOf(3600), 4, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros().toPlainString();
    }

    private void columns() {
        for (Column before : old.columns()) {
            Optional<Column> after = now.column(before.name());
            if (after.isPresent()) {
                column(before, after.get());
            } else {
                changes.add(ContractChange.breaking(
                        "column " + before.name() + " is gone",
                        "queries that name it fail"
                                + renamed(before)
                                        .map(other -> "; column " + other
                                                + " of the same type is new: a rename is a removal to those who read")
                                        .orElse(""),
                        true));
            }
        }
        for (Column after : now.columns()) {
            if (old.column(after.name()).isEmpty()) {
                changes.add(ContractChange.additive(
                        "column " + after.name() + " " + after.type() + " is new",
                        "nobody reads it yet",
                        after.nullable()));
            }
        }
    }

    private Optional<String> renamed(Column gone) {
        return now.columns().stream()
                .filter(column -> old.column(column.name()).isEmpty())
                .filter(column -> column.type().equals(gone.type()))
                .map(Column::name)
                .findFirst();
    }

    private void column(Column before, Column after) {
        type(before.name(), before.type(), after.type());
        if (before.nullable() != after.nullable()) {
            String what = "column " + before.name() + " nullable " + before.nullable() + " → " + after.nullable();
            changes.add(
                    after.nullable()
                            ? ContractChange.breaking(what, "readers who count on a value may meet NULL", true)
                            : ContractChange.additive(what, "more is promised", false));
        }
        if (before.pii() != after.pii()) {
            changes.add(ContractChange.additive(
                    "column " + before.name() + " pii " + before.pii() + " → " + after.pii(),
                    "the values stay, how they may be used does not",
                    true));
        }
        List<Check> was = before.checks();
        changes.addAll(CheckChanges.between("column " + before.name(), was, after.checks()));
        if (!Objects.equals(before.description(), after.description())
                || !Objects.equals(before.businessDefinition(), after.businessDefinition())) {
            changes.add(ContractChange.cosmetic("column " + before.name() + " is described otherwise"));
        }
    }

    private void type(String column, DataType before, DataType after) {
        if (before.equals(after)) {
            return;
        }
        String what = "column " + column + " " + before + " → " + after;
        boolean narrower = Widening.holds(before, after);
        boolean wider = Widening.holds(after, before);
        if (narrower) {
            changes.add(ContractChange.additive(what, "every value still fits the old type", wider));
        } else {
            changes.add(ContractChange.breaking(
                    what,
                    wider ? "new values may not fit the old type" : "neither type holds every value of the other",
                    wider));
        }
    }

    private void texts() {
        cosmetic("name", old.name(), now.name());
        cosmetic("owner", old.owner(), now.owner());
        cosmetic("description", old.description(), now.description());
        cosmetic("consumers", old.consumers(), now.consumers());
        cosmetic("sla.support_hours", old.sla().supportHours(), now.sla().supportHours());
        cosmetic("notification_channel", old.channel(), now.channel());
        cosmetic("odcs", old.written().get("odcs"), now.written().get("odcs"));
    }

    private void cosmetic(String key, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(ContractChange.cosmetic(key + " is another"));
        }
    }
}
