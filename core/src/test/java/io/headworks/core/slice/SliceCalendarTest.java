package io.headworks.core.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.ExtractSpec.Every;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SliceCalendarTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    private static SliceCalendar calendar(int number, Every.Unit unit, @Nullable String start, ZoneId zone) {
        return SliceCalendar.of(new SliceSpec("at", new Every(number, unit), start, zone));
    }

    private static List<String> cut(SliceCalendar calendar, String from, String to) {
        return calendar.cut(from, to).stream().map(Slice::toString).toList();
    }

    @Test
    void daysAreDates() {
        assertThat(cut(calendar(1, Every.Unit.DAY, null, ZoneOffset.UTC), "2024-02-28", "2024-03-01"))
                .containsExactly("2024-02-28 to 2024-02-29", "2024-02-29 to 2024-03-01");
    }

    @Test
    void theFirstAndTheLastAreCutOff() {
        assertThat(cut(
                        calendar(1, Every.Unit.DAY, null, ZoneOffset.UTC),
                        "2024-01-01T06:00:00Z",
                        "2024-01-02T12:00:00Z"))
                .containsExactly("2024-01-01T06:00:00Z to 2024-01-02", "2024-01-02 to 2024-01-02T12:00:00Z");
    }

    @Test
    void weeksBeginOnMondayAndMonthsOnTheFirst() {
        assertThat(cut(calendar(1, Every.Unit.WEEK, null, ZoneOffset.UTC), "2024-01-01", "2024-01-15"))
                .containsExactly("2024-01-01 to 2024-01-08", "2024-01-08 to 2024-01-15");
        assertThat(cut(calendar(1, Every.Unit.MONTH, null, ZoneOffset.UTC), "2024-01-01", "2024-03-01"))
                .containsExactly("2024-01-01 to 2024-02-01", "2024-02-01 to 2024-03-01");
        assertThat(cut(calendar(1, Every.Unit.YEAR, null, ZoneOffset.UTC), "1969-01-01", "1971-01-01"))
                .containsExactly("1969-01-01 to 1970-01-01", "1970-01-01 to 1971-01-01");
    }

    @Test
    void theyAreCountedFromTheStart() {
        assertThat(cut(calendar(1, Every.Unit.MONTH, "2024-01-31", ZoneOffset.UTC), "2024-01-31", "2024-05-01"))
                .as("months that have no 31st end earlier, and those after them do not")
                .containsExactly(
                        "2024-01-31 to 2024-02-29",
                        "2024-02-29 to 2024-03-31",
                        "2024-03-31 to 2024-04-30",
                        "2024-04-30 to 2024-05-01");
        assertThat(cut(calendar(10, Every.Unit.DAY, "2024-01-05", ZoneOffset.UTC), "2024-01-10", "2024-01-20"))
                .containsExactly("2024-01-10 to 2024-01-15", "2024-01-15 to 2024-01-20");
    }

    @Test
    void daysBeginInTheZoneAlsoWhenClocksChange() {
        List<Slice> days = calendar(1, Every.Unit.DAY, null, ROME).cut("2024-03-30", "2024-04-02");

        assertThat(days)
                .extracting(Slice::toString)
                .containsExactly("2024-03-30 to 2024-03-31", "2024-03-31 to 2024-04-01", "2024-04-01 to 2024-04-02");
        assertThat(days)
                .extracting(
                        day -> Duration.between(day.from().instant(), day.to().instant())
                                .toHours())
                .containsExactly(24L, 23L, 24L);
        assertThat(days.get(0).from())
                .isEqualTo(Bound.read("2024-03-29T23:00:00Z", ROME).orElseThrow());
    }

    @Test
    void hoursAreHoursAlsoWhenClocksChange() {
        assertThat(calendar(1, Every.Unit.HOUR, null, ROME).cut("2024-03-31", "2024-04-01"))
                .hasSize(23);
        assertThat(calendar(1, Every.Unit.HOUR, null, ROME).cut("2024-10-27", "2024-10-28"))
                .hasSize(25);
    }

    @Test
    void withoutALengthTheRangeIsOne() {
        SliceCalendar calendar = SliceCalendar.of(new SliceSpec("at", null, null, ZoneOffset.UTC));

        assertThat(cut(calendar, "0", "1000")).containsExactly("0 to 1000");
    }

    @Test
    void whatCannotBeCutIsRefused() {
        SliceCalendar days = calendar(1, Every.Unit.DAY, null, ZoneOffset.UTC);

        assertThatThrownBy(() -> days.cut("2024-02-01", "2024-01-01"))
                .isInstanceOf(HeadworksException.class)
                .hasMessage(
                        "Cannot cut history: 2024-02-01 to 2024-01-01 is no range (allowed: two times or two numbers,"
                                + " the earlier first)");
        assertThatThrownBy(() -> days.cut("1", "2"))
                .hasMessage("Cannot cut history: 1 to 2 is no range of times, and slice.every is a length of time");
        assertThatThrownBy(
                        () -> calendar(1, Every.Unit.HOUR, null, ZoneOffset.UTC).cut("1500-01-01", "2024-01-01"))
                .hasMessageContaining("has more than 1000000 slices");
        assertThatThrownBy(() -> calendar(1, Every.Unit.DAY, "12", ZoneOffset.UTC))
                .hasMessage("Cannot cut history: its slice.start '12' is no time");
    }
}
