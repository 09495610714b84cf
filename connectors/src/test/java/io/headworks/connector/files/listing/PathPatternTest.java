package io.headworks.connector.files.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.headworks.api.failure.HeadworksException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "a.csv, a.csv, true",
        "a.csv, b.csv, false",
        "a.csv, aXcsv, false",
        "*.csv, a.csv, true",
        "*.csv, d/a.csv, false",
        "?.csv, ab.csv, false",
        "d/*, d/a.csv, true",
        "**/*.csv, a.csv, true",
        "**/*.csv, x/y/z/a.csv, true",
        "x/**/a.csv, x/a.csv, true",
        "x/**/a.csv, xa.csv, false",
        "[ab].csv, a.csv, false",
        "[ab].csv, [ab].csv, true",
        "a(b)+.csv, a(b)+.csv, true"
    })
    void matchesWholePaths(String pattern, String path, boolean matches) {
        assertThat(PathPattern.parse(pattern).match(path).isPresent()).isEqualTo(matches);
    }

    @Test
    void keepsTheValuesOfColumns() {
        PathPattern pattern = PathPattern.parse("events/dt={event_date}/{shop}-*.csv.gz");

        assertThat(pattern.columns()).containsExactly("event_date", "shop");
        assertThat(pattern.match("events/dt=2026-03-01/rome-1.csv.gz"))
                .hasValueSatisfying(values ->
                        assertThat(values).containsExactly(entry("event_date", "2026-03-01"), entry("shop", "rome")));
        assertThat(pattern.match("events/dt=/rome-1.csv.gz")).isEmpty();
    }

    @Test
    void refusesValuesThatCanBeCutInTwoWays() {
        PathPattern pattern = PathPattern.parse("{shop}_{kind}.csv");

        assertThat(pattern.match("rome_sales.csv")).contains(Map.of("shop", "rome", "kind", "sales"));
        assertThatThrownBy(() -> pattern.match("rome_north_sales.csv"))
                .isInstanceOf(HeadworksException.class)
                .hasMessageContaining("in more than one way");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "/etc/passwd", "../a.csv", "a/../../b.csv", "a//b.csv", "a/./b.csv", "a\\b.csv", "a\u0000.csv",
                "a/**", "x**/a.csv", "{a,b}.csv", "{}.csv", "{a.csv", "a}.csv", "{a}/{a}.csv", "{a b}.csv", ".."
            })
    void refusesPathsThatLeaveTheFolderOrDoNotRead(String pattern) {
        assertThatThrownBy(() -> PathPattern.parse(pattern))
                .isInstanceOf(HeadworksException.class)
                .hasMessageStartingWith("Cannot read path '" + pattern + "': ");
    }
}
