package io.headworks.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.Schedule.Cron.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronSlotsTest {
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Rome",
            "Europe/London",
            "America/New_York",
            "America/St_Johns",
            "America/Sao_Paulo",
            "America/Santiago",
            "Asia/Kolkata",
            "Asia/Tokyo",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Pacific/Apia");
    private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    @ParameterizedTest
    @CsvSource({
        // in spring, 02:00 to 03:00 is left out: at 01:00Z the clock shows 03:00
        "30 2 * * *, Europe/Rome, 2025-03-29T12:00:00Z, 2025-03-30T01:00:00Z",
        "30 2 * * *, Europe/Rome, 2025-03-30T01:00:00Z, 2025-03-31T00:30:00Z",
        "0 3 * * *, Europe/Rome, 2025-03-29T12:00:00Z, 2025-03-30T01:00:00Z",
        "0 2-3 * * *, Europe/Rome, 2025-03-30T01:00:00Z, 2025-03-31T00:00:00Z",
        // in autumn, 02:00 to 03:00 is shown twice, from 00:00Z and from 01:00Z on
        "30 2 * * *, Europe/Rome, 2025-10-25T12:00:00Z, 2025-10-26T00:30:00Z",
        "30 2 * * *, Europe/Rome, 2025-10-26T00:30:00Z, 2025-10-27T01:30:00Z",
        "30 2 * * *, Europe/Rome, 2025-10-26T01:10:00Z, 2025-10-27T01:30:00Z",
        "0 3 * * *, Europe/Rome, 2025-10-26T00:30:00Z, 2025-10-26T02:00:00Z",
        "0 3 * * *, Europe/Rome, 2025-10-26T01:30:00Z, 2025-10-26T02:00:00Z",
        // an hour that passes twice has its minutes twice
        "30 * * * *, Europe/Rome, 2025-10-26T00:30:00Z, 2025-10-26T01:30:00Z",
        // half an hour
        "15 2 * * *, Australia/Lord_Howe, 2025-10-04T12:00:00Z, 2025-10-04T15:30:00Z",
        "0 0 29 2 *, Asia/Tokyo, 2024-03-01T00:00:00Z, 2028-02-28T15:00:00Z",
    })
    void theNextSlotIsAfterTheInstant(String expression, String zone, Instant after, Instant next) {
        assertThat(slots(expression, zone).next(after)).isEqualTo(next);
    }

    @Test
    void aDayThatNeverComesHasNoSlot() {
        assertThat(slots("0 0 30 2 *", "Europe/Rome").next(FROM)).isNull();
    }

    /** Each minute of two years is asked whether it is a slot, by other means than the expression's own. */
    @Test
    void tenThousandSlotsAreThoseOfAWalkThroughTheMinutes() {
        long seed = System.nanoTime();
        System.out.println("CronSlotsTest: seed " + seed);
        Random random = new Random(seed);
        int seen = 0;
        for (int round = 0; seen < 10_000 || round < ZONES.size(); round++) {
            Fields fields = Fields.any(random, round);
            ZoneId zone = ZoneId.of(ZONES.get(round % ZONES.size()));
            List<Instant> walked = walk(fields, zone);
            List<Instant> found = slots(fields.text(), zone.getId()).between(FROM, FROM.plus(TWO_YEARS), 2_000_000);
            assertThat(found)
                    .as("seed %d: %s in %s", seed, fields.text(), zone)
                    .isEqualTo(walked)
                    .doesNotHaveDuplicates();
            seen += found.size();
        }
    }

    private static CronSlots slots(String expression, String zone) {
        return CronSlots.of(new Schedule.Cron(expression, ZoneId.of(zone), CatchUp.ALL));
    }

    private static List<Instant> walk(Fields fields, ZoneId zone) {
        List<Instant> slots = new ArrayList<>();
        Set<LocalDateTime> shown = new HashSet<>();
        LocalDateTime before = FROM.atZone(zone).toLocalDateTime();
        Instant end = FROM.plus(TWO_YEARS);
        for (Instant minute = FROM.plusSeconds(60); !minute.isAfter(end); minute = minute.plusSeconds(60)) {
            LocalDateTime now = minute.atZone(zone).toLocalDateTime();
            boolean due = fields.match(now) && (shown.add(now) || fields.hours.cardinality() == 24);
            for (LocalDateTime left = before.plusMinutes(1); left.isBefore(now); left = left.plusMinutes(1)) {
                due |= fields.match(left);
            }
            if (due) {
                slots.add(minute);
            }
            before = now;
        }
        return slots;
    }

    /** An expression of lists of numbers. */
    private record Fields(BitSet minutes, BitSet hours, BitSet weekdays) {
        static Fields any(Random random, int round) {
            BitSet minutes = some(random, 60, 1 + random.nextInt(2));
            // around the hours at which clocks change, or all of them
            BitSet hours = round % 3 == 0 ? all(24) : some(random, 4, 1 + random.nextInt(3));
            BitSet weekdays = round % 4 == 0 ? some(random, 7, 2) : all(7);
            return new Fields(minutes, hours, weekdays);
        }

        private static BitSet some(Random random, int below, int count) {
            BitSet chosen = new BitSet();
            while (chosen.cardinality() < count) {
                chosen.set(random.nextInt(below));
            }
            return chosen;
        }

        private static BitSet all(int below) {
            BitSet all = new BitSet();
            all.set(0, below);
            return all;
        }

        boolean match(LocalDateTime time) {
            return minutes.get(time.getMinute())
                    && hours.get(time.getHour())
                    && weekdays.get(time.getDayOfWeek().getValue() % 7);
        }

        String text() {
            return list(minutes) + " " + list(hours) + " * * " + list(weekdays);
        }

        private static String list(BitSet values) {
            return values.stream().mapToObj(Integer::toString).collect(Collectors.joining(","));
        }
    }
}
