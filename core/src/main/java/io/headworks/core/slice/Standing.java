package io.headworks.core.slice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How a slice stands.
 *
 * @param loaded whole, by whatever definition
 * @param stale loaded, and a part of it by another definition than the present one
 * @param failed the last try of a part of it failed
 */
public record Standing(Slice slice, boolean loaded, boolean stale, boolean failed) {

    /** Which slices somebody wants. */
    public enum Only {
        /** Not loaded whole, whether or not it was tried. */
        MISSING,
        /** The last try failed, also where an earlier load is still there. */
        FAILED,
        /** Loaded by another definition than the present one. */
        STALE;

        /** As on the command line. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean is(Only only) {
        return switch (only) {
            case MISSING -> !loaded;
            case FAILED -> failed;
            case STALE -> loaded && stale;
        };
    }

    /** One word for all of it: failed, missing, stale or done. */
    public String word() {
        return failed ? "failed" : !loaded ? "missing" : stale ? "stale" : "done";
    }

    /**
     * How each slice stands, in one pass over both.
     *
     * @param slices in their order, none overlapping another
     * @param loaded may overlap one another
     * @param definition the present one
     */
    public static List<Standing> of(
            List<Slice> slices, List<LoadedRange> loaded, List<Slice> failed, String definition) {
        List<LoadedRange> ranges = new ArrayList<>(loaded);
        ranges.sort(Comparator.comparing(LoadedRange::range));
        List<Slice> failures = new ArrayList<>(failed);
        failures.sort(Comparator.naturalOrder());
        List<Standing> standings = new ArrayList<>(slices.size());
        int range = 0;
        int failure = 0;
        for (Slice slice : slices) {
            while (range < ranges.size()
                    && !slice.from().isBefore(ranges.get(range).range().to())) {
                range++;
            }
            while (failure < failures.size()
                    && !slice.from().isBefore(failures.get(failure).to())) {
                failure++;
            }
            boolean tried = failure < failures.size() && failures.get(failure).overlaps(slice);
            standings.add(of(slice, ranges, range, tried, definition));
        }
        return standings;
    }

    /** @param first the first range that ends after the slice begins */
    private static Standing of(Slice slice, List<LoadedRange> ranges, int first, boolean failed, String definition) {
        Bound covered = slice.from();
        boolean stale = false;
        for (int i = first; i < ranges.size() && covered.isBefore(slice.to()); i++) {
            LoadedRange range = ranges.get(i);
            if (covered.isBefore(range.range().from())) {
                break;
            }
            covered = covered.isBefore(range.range().to()) ? range.range().to() : covered;
            stale |= !range.definition().equals(definition);
        }
        boolean whole = !covered.isBefore(slice.to());
        return new Standing(slice, whole, whole && stale, failed);
    }
}
