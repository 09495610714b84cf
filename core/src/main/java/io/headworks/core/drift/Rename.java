package io.headworks.core.drift;

import io.headworks.api.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column that is gone and a new one that may be the same under another name. A guess: nothing ever acts on it by itself.
 *
 * @param likeness of the two names, from 0 to 1
 * @param place whether they stand in the same place
 * @param values what was found when values were compared; null when they were not
 */
public record Rename(
        Field from,
        Field to,
        double likeness,
        boolean place,
        @Nullable Values values) {
    /** Below this, nothing speaks for it. */
    static final int WORTH_SAYING = 50;
    /** Fewer values than these prove little: two columns of yes and no agree by chance. */
    private static final double TELLING = 10;

    /**
     * Values of the new column, and how many of them the old one had.
     *
     * @param distinct values that were looked for, each once
     * @param found how many of them the former column has
     * @param nullsBefore share of rows, from 0 to 1
     */
    public record Values(long distinct, long found, double nullsBefore, double nullsAfter) {
        double overlap() {
            return distinct == 0 ? 0 : (double) found / distinct;
        }
    }

    /** The same with values. */
    public Rename with(Values found) {
        return new Rename(from, to, likeness, place, found);
    }

    public boolean sameType() {
        return from.type().equals(to.type());
    }

    /** From 0 to 100. Without values never above 60. */
    public int confidence() {
        Values found = values;
        double type = sameType() ? 1 : 0.5;
        double where = place ? 1 : 0;
        double share = found == null || found.distinct() == 0
                ? 0.3 * type + 0.15 * where + 0.15 * likeness
                : 0.6 * found.overlap() * Math.min(1, found.distinct() / TELLING)
                        + 0.15 * (1 - Math.abs(found.nullsBefore() - found.nullsAfter()))
                        + 0.1 * type
                        + 0.1 * where
                        + 0.05 * likeness;
        return (int) Math.round(100 * share);
    }

    public boolean isWorthSaying() {
        return confidence() >= WORTH_SAYING;
    }

    /** With all that speaks for and against it. */
    public String sentence() {
        return "column '" + from.name() + "' may be called '" + to.name() + "' now (confidence " + confidence() + " %: "
                + String.join(", ", evidence()) + ")";
    }

    /** One sentence each. */
    public List<String> evidence() {
        List<String> evidence = new ArrayList<>();
        Values found = values;
        if (found == null) {
            evidence.add("values were not compared");
        } else if (found.distinct() == 0) {
            evidence.add("no value to compare");
        } else {
            evidence.add(
                    String.format(Locale.ROOT, "%,d of %,d values were in it before", found.found(), found.distinct()));
            evidence.add(
                    "NULL " + percent(found.nullsBefore()) + " before and " + percent(found.nullsAfter()) + " now");
        }
        evidence.add(sameType() ? "same type" : from.type() + " before and " + to.type() + " now");
        evidence.add(place ? "same place" : "another place");
        return evidence;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
