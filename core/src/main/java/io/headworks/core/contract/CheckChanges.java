package io.headworks.core.contract;

import io.headworks.api.check.Check;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Threshold;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What changed in the checks of a contract. A check that cannot be compared counts as weaker. */
final class CheckChanges {
    private final String of;
    private final List<ContractChange> changes = new ArrayList<>();

    private CheckChanges(String of) {
        this.of = of;
    }

    /** @param of what the checks are about, as {@code column amount} */
    static List<ContractChange> between(String of, List<Check> old, List<Check> now) {
        CheckChanges comparison = new CheckChanges(of);
        List<Check> left = new ArrayList<>(now);
        List<Check> unmatched = new ArrayList<>();
        for (Check check : old) {
            if (!left.remove(check)) {
                unmatched.add(check);
            }
        }
        for (Check check : unmatched) {
            Check other = left.stream()
                    .filter(each -> subject(each).equals(subject(check)))
                    .findFirst()
                    .orElse(null);
            comparison.compare(check, other);
            left.remove(other);
        }
        left.forEach(comparison::isNew);
        return comparison.changes;
    }

    private void isNew(Check check) {
        changes.add(ContractChange.additive(
                of + ": check " + check.name() + " is new " + terms(check.rule()), "more is promised", false));
    }

    private void compare(Check old, @Nullable Check now) {
        if (now == null) {
            changes.add(ContractChange.breaking(
                    of + ": check " + old.name() + " is gone " + terms(old.rule()),
                    "what it kept out may now be in the table",
                    true));
            return;
        }
        String what = of + ": check " + old.name() + " " + differences(old, now);
        Strength rules = old.rule().equals(now.rule()) ? Strength.SAME : CheckStrength.of(old.rule(), now.rule());
        Strength options = options(old, now);
        if (rules.isWeaker() || options.isWeaker()) {
            changes.add(ContractChange.breaking(
                    what, "what it kept out may now be in the table", rules.isStrictlyWeaker(options)));
        } else if (rules == Strength.SAME && options == Strength.SAME) {
            changes.add(ContractChange.cosmetic(what));
        } else {
            changes.add(ContractChange.additive(what, "more is promised", false));
        }
    }

    /** How what a rule promises compares with what it promised. */
    enum Strength {
        SAME,
        STRONGER,
        WEAKER,
        /** In part the one, in part the other, or not to be compared. */
        OTHER;

        boolean isWeaker() {
            return this == WEAKER || this == OTHER;
        }

        /** Nothing got stronger: old data meets the new promise. */
        boolean isStrictlyWeaker(Strength with) {
            return (this == WEAKER || this == SAME) && (with == WEAKER || with == SAME);
        }

        /** Of two parts that hold together. */
        Strength and(Strength other) {
            return this == SAME || this == other ? other : other == SAME ? this : OTHER;
        }

        /** @param order positive when the new one promises more */
        static Strength of(int order) {
            return order == 0 ? SAME : order > 0 ? STRONGER : WEAKER;
        }
    }

    private static Strength options(Check old, Check now) {
        Strength strength = Strength.of(old.severity().compareTo(now.severity()));
        strength = strength.and(tolerance(old.failAbove(), now.failAbove()));
        strength = strength.and(Strength.of(blocks(now) - blocks(old)));
        boolean sameRows = Objects.equals(old.where(), now.where());
        return sameRows
                ? strength
                : strength.and(
                        now.where() == null
                                ? Strength.STRONGER
                                : old.where() == null ? Strength.WEAKER : Strength.OTHER);
    }

    private static int blocks(Check check) {
        return check.onFail() == OnFail.RECORD ? 0 : 1;
    }

    private static Strength tolerance(Threshold old, Threshold now) {
        if (old.equals(now)) {
            return Strength.SAME;
        }
        boolean comparable = old.isShare() == now.isShare()
                || old.value().signum() == 0
                || now.value().signum() == 0;
        BigDecimal before = old.value();
        return comparable ? Strength.of(before.compareTo(now.value())) : Strength.OTHER;
    }

    /** What two checks must share to be versions of one. */
    private static String subject(Check check) {
        Rule rule = check.rule();
        List<String> columns = new ArrayList<>();
        for (RecordComponent part : rule.getClass().getRecordComponents()) {
            if (part.getName().equals("column") || part.getName().equals("columns")) {
                columns.add(String.valueOf(value(rule, part)));
            }
        }
        return columns.isEmpty() ? check.name() : rule.key() + columns;
    }

    private static String terms(Rule rule) {
        List<String> terms = new ArrayList<>();
        for (RecordComponent part : rule.getClass().getRecordComponents()) {
            Object value = value(rule, part);
            if (value != null && !Boolean.FALSE.equals(value)) {
                terms.add(part.getName() + " " + value);
            }
        }
        return terms.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    /** {@code max 100 → 200, severity P1 → P2}. */
    private static String differences(Check old, Check now) {
        List<String> all = new ArrayList<>();
        if (old.rule().getClass() == now.rule().getClass()) {
            differences((Record) old.rule(), (Record) now.rule(), all);
        }
        differences(old, now, all);
        return String.join(", ", all);
    }

    private static void differences(Record old, Record now, List<String> all) {
        for (RecordComponent part : old.getClass().getRecordComponents()) {
            Object before = value(old, part);
            Object after = value(now, part);
            if (!Objects.equals(before, after) && !(before instanceof Rule)) {
                all.add(part.getName() + " " + (before == null ? "none" : before) + " → "
                        + (after == null ? "none" : after));
            }
        }
    }

    private static @Nullable Object value(Object record, RecordComponent part) {
        try {
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Cannot read " + part.getName() + " of a check", impossible);
        }
    }
}
