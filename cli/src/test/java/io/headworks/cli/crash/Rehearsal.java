package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.run.FailPoint;
import io.headworks.cli.Hw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A combination's project up to where a run is to be killed, and what a run leaves there that nobody kills.
 *
 * @param project to be copied
 * @param passed what can be killed
 * @param millis how long that run took
 */
record Rehearsal(CrashProject project, Stored right, List<Passing> passed, long millis) {

    static Rehearsal of(Combination combination, HwProcess hw, Path folder) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("project"));
        CrashProject project = CrashProject.make(combination, home);
        load(home);
        combination.grow(home);
        load(home);
        combination.change(home);
        Path trace = folder.resolve("trace");
        try (CrashProject right = project.copyTo(folder.resolve("right"))) {
            long started = System.nanoTime();
            HwProcess.Ended ended = hw.runTracing(trace, right.folder(), "run", "load");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            assertThat(ended.exitCode())
                    .as("%s: %s", combination, ended.output())
                    .isZero();
            return new Rehearsal(project, Stored.read(right), Passing.firstAndLast(Files.readString(trace)), millis);
        }
    }

    Combination combination() {
        return project.combination();
    }

    /** How often that run passed a point. */
    int times(FailPoint point) {
        return passed.stream()
                .filter(each -> each.point() == point)
                .mapToInt(Passing::number)
                .max()
                .orElse(0);
    }

    private static void load(Path project) {
        Hw.Result result = new Hw(project).run("run", "load");
        assertThat(result.exitCode())
                .as(project + ": " + result.out() + result.err())
                .isZero();
    }
}
