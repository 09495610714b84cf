package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees first. */
final class DemoTest {
    @TempDir
    Path temporary;

    @Test
    void loadsThreeMonthsThenNothingThenOnlyTheNewOne() {
        Path folder = temporary.resolve("demo");

        Hw.Result demo = Demo.run(folder);

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .containsSubsequence(
                        "Act 1",
                        "flights success: 34,657 read, 34,626 inserted, 31 rejected",
                        "daily_delays success: 34,626 read, 810 inserted",
                        "Act 2",
                        "airports success: nothing to do",
                        "flights success: nothing to do",
                        "daily_delays success: nothing to do",
                        "Act 3: flights-2001-04.csv arrives",
                        "flights success: 11,801 read, 11,800 inserted, 1 rejected",
                        "daily_delays success: 46,426 read, 270 inserted, 810 unchanged",
                        "The result",
                        "DTW      120     8155          22.8",
                        "32 rows were refused");
        Hw hw = new Hw(folder);
        assertThat(hw.run("validate").exitCode()).isZero();
        assertThat(hw.rows("select count(*), count(distinct source_file) from fct_flights"))
                .containsExactly("[46426,4]");

        assertThat(Demo.run(folder).out())
                .as("a second demo in the same folder begins anew")
                .contains("flights success: 34,657 read, 34,626 inserted, 31 rejected");
    }

    @Test
    void writesOverNothingThatIsNotItsOwn() throws Exception {
        Files.writeString(temporary.resolve("mine.txt"), "mine");

        Hw.Result demo = Demo.run(temporary);

        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(demo.err()).contains("it holds other files", "hw demo DIR");
        assertThat(temporary).isDirectoryNotContaining("glob:**headworks.yml");
    }
}
