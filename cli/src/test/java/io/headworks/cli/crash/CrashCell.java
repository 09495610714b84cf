package io.headworks.cli.crash;

import io.headworks.cli.Hw;
import io.headworks.core.run.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One run to be killed at one passing of a fail-point, then run again. */
record CrashCell(Rehearsal rehearsal, Passing passing) {
    private static final int KILLED = 137;

    /** What is not as if nobody had killed it. */
    Optional<String> problem(HwProcess hw, Path folder) throws IOException, InterruptedException {
        Path project = Rehearsal.copy(
                rehearsal.project(), folder.resolve(UUID.randomUUID().toString()));
        HwProcess.Ended killed = hw.runUntil(passing.toString(), project, "run", "load");
        if (killed.exitCode() != KILLED) {
            return Optional.of("was not killed: " + killed);
        }
        Hw again = new Hw(project);
        Hw.Result repaired = again.run("run", "load");
        if (repaired.exitCode() != 0) {
            return Optional.of("did not run again: " + repaired);
        }
        Stored stored = Stored.read(project, rehearsal.combination());
        if (!stored.equals(rehearsal.right())) {
            return Optional.of(stored.differenceTo(rehearsal.right()));
        }
        List<String> expected = List.of("success", passing.statusOfKilled(), "success", "success");
        List<String> told = statuses(again);
        if (!told.equals(expected)) {
            return Optional.of("is recorded as " + told + " (newest first), not " + expected);
        }
        Workspace.removeFolder(project);
        return Optional.empty();
    }

    private static List<String> statuses(Hw hw) {
        return ((List<?>) hw.json("runs").getOrDefault("runs", List.of()))
                .stream()
                        .map(run -> String.valueOf(((Map<?, ?>) run).get("status")))
                        .toList();
    }

    @Override
    public String toString() {
        return rehearsal.combination() + " " + passing;
    }
}
