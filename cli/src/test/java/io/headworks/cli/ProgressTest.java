package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.WorkProgress;
import io.headworks.core.record.StageRecord;
import io.headworks.core.run.RunEvents;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ProgressTest {
    private static final long START = 1_000_000;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final HwCommand options = new HwCommand();

    private static long after(double seconds) {
        return START + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private Console console() {
        CommandLine hw =
                new CommandLine(options).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Console.of(hw.getCommandSpec(), options);
    }

    @Nested
    class OneLook {
        private final RunWatch run = new RunWatch("orders", START);

        @Test
        void knowsSpeedAndTimeLeftFromTheFractionOfRowsThatAreKnown() {
            run.expects(4_000_000L, 900L);
            run.enters("load", START);
            run.asks(() -> new WorkProgress(0, 0.25, null));

            assertThat(ProgressText.bar(run.look(after(5))))
                    .isEqualTo("orders  load  █████░░░░░░░░░░░░░░░  25 %  200,000 rows/s  15 s left");
            assertThat(ProgressText.sentence(run.look(after(65))))
                    .isEqualTo("orders: load for 1 min 05 s, 25 %, 15,385 rows/s, 3 min 15 s left");
        }

        @Test
        void countsBytesWhereNobodyKnowsTheRowsOfAFile() {
            run.expects(null, 80_000_000L);
            run.enters("extract", START);
            run.asks(() -> new WorkProgress(0, 0.5, null));

            assertThat(ProgressText.bar(run.look(after(4))))
                    .isEqualTo("orders  extract  ██████████░░░░░░░░░░  50 %  10.0 MB/s  4 s left");
        }

        @Test
        void countsRowsThatTheEngineCounted() {
            run.enters("extract", START);
            run.asks(() -> new WorkProgress(0, null, 30_000L));

            assertThat(ProgressText.bar(run.look(after(3)))).isEqualTo("orders  extract  3 s  10,000 rows/s");
        }

        @Test
        void guessesNothingWhileItIsEarly() {
            run.expects(1000L, null);
            run.enters("load", START);
            run.asks(() -> new WorkProgress(0, 0.01, null));

            assertThat(ProgressText.bar(run.look(after(0.5)))).isEqualTo("orders  load  ░░░░░░░░░░░░░░░░░░░░   1 %");
        }

        @Test
        void aNewStatementBeginsANewEstimate() {
            run.expects(1000L, null);
            run.enters("load", START);
            run.asks(() -> new WorkProgress(7, 0.5, null));
            run.look(after(100));

            assertThat(run.look(after(102)).secondsLeft()).isEqualTo(2);
        }

        @Test
        void aLineNeverWraps() {
            RunWatch named =
                    new RunWatch("a_pipeline_with_a_name_that_goes_on_and_on_and_on_and_on_and_on_and_on_", START);

            assertThat(ProgressText.bar(named.look(after(2)))).hasSize(79).endsWith("…");
        }
    }

    @Test
    void aTerminalGetsABarPerRunWhichIsDrawnOver() {
        options.watchedOn(EnumSet.of(HwCommand.Stream.err));
        try (Progress progress = Progress.on(console(), RunEvents.NONE)) {
            progress.stageStarted("orders", "load");
            progress.stageStarted("items", "load");
            progress.tick(System.nanoTime());
            progress.tick(System.nanoTime());
        }

        assertThat(err.toString())
                .startsWith("\r\u001b[Jorders  load  0 s\nitems  load  0 s")
                .contains("\u001b[1A\r\u001b[Jorders  load")
                .endsWith("\u001b[1A\r\u001b[J");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void elsewhereALongStageSaysSoEverMoreRarely() {
        long now = System.nanoTime();
        try (Progress progress = Progress.on(console(), RunEvents.NONE)) {
            progress.stageStarted("orders", "load");
            for (int second = 0; second <= 100; second++) {
                progress.tick(now + TimeUnit.SECONDS.toNanos(second));
            }
        }

        assertThat(err.toString().lines())
                .hasSizeBetween(3, 5)
                .allMatch(line -> line.matches("orders: load for \\d+ (s|min \\d\\d s)"));
        assertThat(err.toString()).doesNotContain("\u001b", "\r");
    }

    @Test
    void quietIsQuiet() {
        options.quiet = true;
        options.watchedOn(EnumSet.allOf(HwCommand.Stream.class));
        try (Progress progress = Progress.on(console())) {
            progress.stageStarted("orders", "load");
            progress.tick(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
            progress.stageDone("orders", new StageRecord("load", "append", 1L, 1L, 0, 0, 60));
        }

        assertThat(err.toString() + out).isEmpty();
    }
}
