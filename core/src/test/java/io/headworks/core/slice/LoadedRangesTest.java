package io.headworks.core.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadedRangesTest {
    private static final int POINTS = 40;

    private static Slice slice(int from, int to) {
        return Slice.read(String.valueOf(from), String.valueOf(to), ZoneOffset.UTC)
                .orElseThrow();
    }

    private static LoadedRange load(int from, int to, String definition) {
        return new LoadedRange(slice(from, to), definition, "run", 1L, (long) (to - from));
    }

    private static List<String> shown(List<LoadedRange> ranges) {
        return ranges.stream()
                .map(range -> range.range() + " " + range.definition() + " " + range.slices() + "/" + range.rows())
                .toList();
    }

    /** One slice for each point, so that totals of parts are known. */
    private static LoadedRanges.Total ofPoints(Slice part) {
        long length = point(part.to()) - point(part.from());
        return new LoadedRanges.Total(length, length);
    }

    private static int point(Bound bound) {
        return Objects.requireNonNull(bound.number()).intValueExact();
    }

    @Test
    void neighboursOfOneDefinitionBecomeOne() {
        List<LoadedRange> after =
                LoadedRanges.after(load(2, 3, "a"), List.of(load(3, 5, "a"), load(0, 2, "a")), part -> null);

        assertThat(shown(after)).containsExactly("0 to 5 a 3/5");
    }

    @Test
    void aLoadTakesThePlaceOfWhatItCovers() {
        List<LoadedRange> after =
                LoadedRanges.after(load(4, 5, "b"), List.of(load(0, 10, "a")), LoadedRangesTest::ofPoints);

        assertThat(shown(after)).containsExactly("0 to 4 a 4/4", "4 to 5 b 1/1", "5 to 10 a 5/5");
    }

    @Test
    void totalsThatNobodyKnowsAreNotMadeUp() {
        List<LoadedRange> after = LoadedRanges.after(load(4, 5, "a"), List.of(load(0, 10, "a")), part -> null);

        assertThat(shown(after)).containsExactly("0 to 10 a null/null");
    }

    /** Against one definition for each point. */
    @Test
    void randomLoadsLeaveWhatEachPointWasLoadedByLast() {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String[] expected = new String[POINTS];
            List<LoadedRange> ranges = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int from = random.nextInt(POINTS);
                int to = from + 1 + random.nextInt(POINTS - from);
                String definition = random.nextBoolean() ? "a" : "b";
                java.util.Arrays.fill(expected, from, to, definition);
                ranges = put(ranges, load(from, to, definition));
            }
            assertThat(points(ranges)).as("seed " + seed).containsExactly(expected);
            for (int i = 1; i < ranges.size(); i++) {
                assertThat(ranges.get(i).continues(ranges.get(i - 1)))
                        .as("joined, seed " + seed)
                        .isFalse();
            }
        }
    }

    private static List<LoadedRange> put(List<LoadedRange> ranges, LoadedRange load) {
        List<LoadedRange> touched = ranges.stream()
                .filter(range -> range.range().overlaps(load.range())
                        || range.range().meets(load.range())
                        || load.range().meets(range.range()))
                .toList();
        List<LoadedRange> all = new ArrayList<>(ranges);
        all.removeAll(touched);
        all.addAll(LoadedRanges.after(load, touched, part -> null));
        all.sort(java.util.Comparator.comparing(LoadedRange::range));
        return all;
    }

    private static String[] points(List<LoadedRange> ranges) {
        String[] points = new String[POINTS];
        for (LoadedRange range : ranges) {
            int from = point(range.range().from());
            int to = point(range.range().to());
            for (int i = from; i < to; i++) {
                assertThat(points[i]).as("covered once").isNull();
                points[i] = range.definition();
            }
        }
        return points;
    }
}
