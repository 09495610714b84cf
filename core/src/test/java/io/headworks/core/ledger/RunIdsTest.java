package io.headworks.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunIdsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @Test
    void sortsAlsoWithinAMillisecond() {
        List<String> ids =
                IntStream.range(0, 10_000).mapToObj(i -> RunIds.next(NOW)).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void sortsAfterTheClockWasCorrected() {
        String before = RunIds.next(NOW);

        assertThat(RunIds.next(NOW.minusMillis(500))).isGreaterThan(before);
    }

    @Test
    void carriesTheTimeAndItsVersion() {
        Instant later = NOW.plusSeconds(3600);

        UUID id = UUID.fromString(RunIds.next(later));

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(later.toEpochMilli());
    }
}
