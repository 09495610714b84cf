package io.headworks.core.contract;

import io.headworks.api.check.Rule;
import io.headworks.core.contract.CheckChanges.Strength;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether one rule lets less through than another of its kind. */
final class CheckStrength {
    private CheckStrength() {}

    static Strength of(Rule old, Rule now) {
        if (old instanceof Rule.Range before && now instanceof Rule.Range after) {
            return bound(before.min(), before.minExclusive(), after.min(), after.minExclusive(), 1)
                    .and(bound(before.max(), before.maxExclusive(), after.max(), after.maxExclusive(), -1));
        } else if (old instanceof Rule.Accepted before && now instanceof Rule.Accepted after) {
            return accepted(new TreeSet<>(before.values()), new TreeSet<>(after.values()));
        } else if (old instanceof Rule.Length before && now instanceof Rule.Length after) {
            return count(before.min(), after.min(), 1).and(count(before.max(), after.max(), -1));
        } else if (old instanceof Rule.Freshness before && now instanceof Rule.Freshness after) {
            return Strength.of(before.within().compareTo(after.within()));
        } else if (old instanceof Rule.Distribution before && now instanceof Rule.Distribution after) {
            return distribution(before, after);
        } else if (old instanceof Rule.Volume before && now instanceof Rule.Volume after) {
            return volume(before, after);
        }
        return Strength.OTHER;
    }

    private static Strength distribution(Rule.Distribution before, Rule.Distribution after) {
        BigDecimal share = before.maxShare();
        BigDecimal other = after.maxShare();
        return share == null || other == null || !before.mostCommon().equals(after.mostCommon())
                ? Strength.OTHER
                : Strength.of(share.compareTo(other));
    }

    private static Strength volume(Rule.Volume before, Rule.Volume after) {
        boolean bounds = before.change() == null
                && after.change() == null
                && before.perRun() == after.perRun()
                && Objects.equals(before.against(), after.against());
        return bounds ? count(before.min(), after.min(), 1).and(count(before.max(), after.max(), -1)) : Strength.OTHER;
    }

    private static Strength accepted(Set<String> before, Set<String> after) {
        return before.equals(after)
                ? Strength.SAME
                : before.containsAll(after)
                        ? Strength.STRONGER
                        : after.containsAll(before) ? Strength.WEAKER : Strength.OTHER;
    }

    private static Strength count(@Nullable Long before, @Nullable Long after, int direction) {
        if (Objects.equals(before, after)) {
            return Strength.SAME;
        }
        if (before == null || after == null) {
            return before == null ? Strength.STRONGER : Strength.WEAKER;
        }
        return Strength.of(after.compareTo(before) * direction);
    }

    /** @param direction 1 for a lower bound, -1 for an upper one */
    private static Strength bound(
            @Nullable String before, boolean excludedBefore, @Nullable String after, boolean excluded, int direction) {
        if (before == null || after == null) {
            return before == null && after == null
                    ? Strength.SAME
                    : before == null ? Strength.STRONGER : Strength.WEAKER;
        }
        Integer order = order(before, after);
        if (order == null) {
            return Strength.OTHER;
        }
        return order == 0 ? Strength.of(Boolean.compare(excluded, excludedBefore)) : Strength.of(order * direction);
    }

    /** Positive when {@code after} is larger; null for texts whose order depends on their type. */
    private static @Nullable Integer order(String before, String after) {
        if (before.equals(after)) {
            return 0;
        }
        try {
            return new BigDecimal(after).compareTo(new BigDecimal(before));
        } catch (NumberFormatException notNumbers) {
            return null;
        }
    }
}
