package io.headworks.core.slice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a load does to the ranges around it: it takes the place of what it covers, and joins its neighbours. */
public final class LoadedRanges {

    private LoadedRanges() {}

    /** What is known of one load, for the parts of a range that it is cut into. */
    public interface Totals {
        /** What the loads that lie within brought; null when one of them lies there only in part. */
        @Nullable
        Total of(Slice part);
    }

    /** Loads and their rows. */
    public record Total(long slices, long rows) {}

    /**
     * The ranges that stand in place of those that the load touches.
     *
     * @param touched all ranges that overlap the load or lie beside it, in any order
     * @param totals asked for the rest of a range that the load lies inside of
     */
    public static List<LoadedRange> after(LoadedRange load, List<LoadedRange> touched, Totals totals) {
        List<LoadedRange> parts = new ArrayList<>();
        for (LoadedRange range : touched) {
            if (range.range().overlaps(load.range())) {
                parts.addAll(rest(range, load.range(), totals));
            } else {
                parts.add(range);
            }
        }
        parts.add(load);
        return joined(parts);
    }

    private static List<LoadedRange> rest(LoadedRange range, Slice taken, Totals totals) {
        List<LoadedRange> rest = new ArrayList<>();
        if (range.range().from().isBefore(taken.from())) {
            rest.add(part(range, new Slice(range.range().from(), taken.from()), totals));
        }
        if (taken.to().isBefore(range.range().to())) {
            rest.add(part(range, new Slice(taken.to(), range.range().to()), totals));
        }
        return rest;
    }

    private static LoadedRange part(LoadedRange range, Slice part, Totals totals) {
        Total total = totals.of(part);
        return new LoadedRange(
                part,
                range.definition(),
                range.runId(),
                total == null ? null : Long.valueOf(total.slices()),
                total == null ? null : Long.valueOf(total.rows()));
    }

    /** Neighbours of one definition as one, in their order. */
    private static List<LoadedRange> joined(List<LoadedRange> parts) {
        parts.sort(Comparator.comparing(LoadedRange::range));
        List<LoadedRange> joined = new ArrayList<>();
        for (LoadedRange part : parts) {
            int last = joined.size() - 1;
            if (last >= 0 && part.continues(joined.get(last))) {
                joined.set(last, joined.get(last).with(part));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }
}
