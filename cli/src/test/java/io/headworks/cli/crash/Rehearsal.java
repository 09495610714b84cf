package io.headworks.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.cli.Hw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A combination's project up to where a run is to be killed, and what a run leaves there that nobody kills.
 *
 * @param project the folder to copy
 * @param passed what can be killed
 */
record Rehearsal(Combination combination, Path project, Stored right, List<Passing> passed) {
    private static final CopyOption[] AS_IT_IS = {StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS};

    static Rehearsal of(Combination combination, HwProcess hw, Path folder) throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("project"));
        combination.write(project);
        load(project);
        combination.grow(project);
        load(project);
        combination.change(project);
        Path right = copy(project, folder.resolve("right"));
        Path trace = folder.resolve("trace");
        HwProcess.Ended ended = hw.runTracing(trace, right, "run", "load");
        assertThat(ended.exitCode()).as("%s: %s", combination, ended.output()).isZero();
        return new Rehearsal(
                combination, project, Stored.read(right, combination), Passing.firstAndLast(Files.readString(trace)));
    }

    private static void load(Path project) {
        Hw.Result result = new Hw(project).run("run", "load");
        assertThat(result.exitCode())
                .as(project + ": " + result.out() + result.err())
                .isZero();
    }

    /** Links of the folder stay links; its hard links become files of their own. */
    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            paths.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path)), AS_IT_IS);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
        return to;
    }
}
