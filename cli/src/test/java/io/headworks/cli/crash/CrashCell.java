package io.headworks.cli.crash;

import io.headworks.cli.Hw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One run to be killed at one passing of a fail-point, then run again. */
record CrashCell(Rehearsal rehearsal, Passing passing) {
    private static final int KILLED = 137;

    /** What is not as if nobody had killed it. */
    Optional<String> problem(HwProcess hw, Path folder) throws IOException, InterruptedException {
        try (CrashProject project =
                rehearsal.project().copyTo(folder.resolve(UUID.randomUUID().toString()))) {
            return problem(hw, project);
        }
    }

    private Optional<String> problem(HwProcess hw, CrashProject project) throws IOException, InterruptedException {
        HwProcess.Ended killed = hw.runUntil(passing.toString(), project.folder(), "run", "load");
        if (killed.exitCode() != KILLED) {
            return Optional.of("was not killed: " + killed);
        }
        Hw.Result repaired = new Hw(project.folder()).run("run", "load");
        if (repaired.exitCode() != 0) {
            return Optional.of("did not run again: " + repaired);
        }
        Stored stored = Stored.read(project);
        if (!stored.equals(rehearsal.right())) {
            return Optional.of(stored.differenceTo(rehearsal.right()));
        }
        List<String> expected = new ArrayList<>(List.of("success", "success", "success"));
        expected.addAll(1, passing.statusOfKilled());
        List<String> told = CrashLab.statuses(project);
        if (!told.equals(expected)) {
            return Optional.of("is recorded as " + told + " (newest first), not " + expected);
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return rehearsal.combination() + " " + passing;
    }
}
