package io.headworks.cli.crash;

import io.headworks.cli.Hw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A program that starts fast, projects to break, and two threads to do it. */
final class CrashLab implements AutoCloseable {
    private final Path folder;
    private final HwProcess hw;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private CrashLab(Path folder, HwProcess hw) {
        this.folder = folder;
        this.hw = hw;
    }

    static CrashLab open(Path folder) throws IOException, InterruptedException {
        Path programs = folder.resolve("hw");
        HwProcess hw = HwProcess.prepared(programs)
                .archived(programs, Combination.all().get(0));
        return new CrashLab(folder, hw);
    }

    HwProcess hw() {
        return hw;
    }

    Path folder() {
        return folder;
    }

    List<Rehearsal> rehearse(Collection<Combination> combinations) throws InterruptedException, ExecutionException {
        return all(combinations.stream()
                .map(combination -> (Callable<Rehearsal>)
                        () -> Rehearsal.of(combination, hw, folder.resolve(combination.toString())))
                .toList());
    }

    /** What came of each piece of work, in their order. */
    <T> List<T> all(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> done : threads.invokeAll(work)) {
            results.add(done.get());
        }
        return results;
    }

    /** Of the runs of a project, newest first. */
    static List<String> statuses(CrashProject project) {
        return ((List<?>) new Hw(project.folder()).json("runs").getOrDefault("runs", List.of()))
                .stream()
                        .map(run -> String.valueOf(((Map<?, ?>) run).get("status")))
                        .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
