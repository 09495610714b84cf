package io.headworks.core.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.slice.Standing.Only;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static Slice slice(int from, int to) {
        return Slice.read(String.valueOf(from), String.valueOf(to), ZoneOffset.UTC)
                .orElseThrow();
    }

    private static LoadedRange loaded(int from, int to, String definition) {
        return new LoadedRange(slice(from, to), definition, "run", null, null);
    }

    private static List<Slice> ones(int slices) {
        return IntStream.range(0, slices).mapToObj(i -> slice(i, i + 1)).toList();
    }

    @Test
    void saysHowEachSliceStands() {
        List<Standing> standings = Standing.of(
                ones(6),
                List.of(loaded(0, 2, "now"), loaded(2, 3, "then"), loaded(4, 6, "now")),
                List.of(slice(3, 4), slice(5, 6)),
                "now");

        assertThat(standings)
                .extracting(Standing::word)
                .containsExactly("done", "done", "stale", "failed", "done", "failed");
        assertThat(standings)
                .extracting(standing -> standing.is(Only.MISSING))
                .as("one that failed and was loaded before is not missing")
                .containsExactly(false, false, false, true, false, false);
    }

    @Test
    void aPartIsNotTheWhole() {
        List<Slice> one = List.of(slice(0, 10));

        assertThat(Standing.of(one, List.of(loaded(0, 9, "now")), List.of(), "now")
                        .get(0)
                        .word())
                .isEqualTo("missing");
        assertThat(Standing.of(one, List.of(loaded(0, 4, "now"), loaded(5, 10, "now")), List.of(), "now")
                        .get(0)
                        .word())
                .isEqualTo("missing");
        assertThat(Standing.of(one, List.of(loaded(0, 4, "now"), loaded(4, 12, "then")), List.of(), "now")
                        .get(0)
                        .word())
                .isEqualTo("stale");
    }

    /** Loads may overlap, and come in any order. */
    @Test
    void agreesWithOneLookAtEachPoint() {
        long seed = Long.getLong("headworks.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            boolean[] covered = new boolean[31];
            List<LoadedRange> ranges = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int from = random.nextInt(30);
                int to = from + 1 + random.nextInt(30 - from);
                ranges.add(loaded(from, to, "now"));
                java.util.Arrays.fill(covered, from, to, true);
            }
            List<Boolean> expected =
                    IntStream.range(0, 30).mapToObj(i -> covered[i]).toList();
            assertThat(Standing.of(ones(30), ranges, List.of(), "now"))
                    .as("seed " + seed)
                    .extracting(Standing::loaded)
                    .containsExactlyElementsOf(expected);
        }
    }
}
