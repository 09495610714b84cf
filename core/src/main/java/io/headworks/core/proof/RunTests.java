package io.headworks.core.proof;

import io.headworks.api.engine.Engine;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.run.Workspace;
import io.headworks.core.service.Memory;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs tests of pipelines, each in a place of its own that is removed at its end. */
public final class RunTests {
    /** Among them are those with nothing to do, which are not judged by. */
    private static final int MOST_RUNS = 1_000;

    private final Setup setup;
    private final Project project;
    private final Function<Map<String, String>, Project> withVariables;
    private final Cancellation cancellation;
    private final Map<Map<String, String>, Project> projects = new LinkedHashMap<>();

    /** @param withVariables reads the project with other values of variables, over those it was asked for with */
    public RunTests(
            Setup setup,
            Project project,
            Function<Map<String, String>, Project> withVariables,
            Cancellation cancellation) {
        this.setup = setup;
        this.project = project;
        this.withVariables = withVariables;
        this.cancellation = cancellation;
        projects.put(Map.of(), project);
    }

    /**
     * Runs tests one after the other.
     *
     * @param tests at least one: nothing tested is nothing passed
     * @param ended hears of each as it ends
     */
    public List<TestResult> run(List<LoadTest> tests, Consumer<TestResult> ended) {
        if (tests.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot test: no test is chosen (the project has "
                            + project.tests().size() + ")",
                    project.tests().isEmpty()
                            ? "write one below tests/, beginning with tests: [{name: …}]"
                            : "name a pipeline that has tests, or a test, or nothing for all");
        }
        Workspace workspace = Workspace.of(project.folder());
        List<TestResult> results = new ArrayList<>();
        try (Engine engine = setup.engines().open(Resources.UNSET, workspace.temporary())) {
            for (LoadTest test : tests) {
                cancellation.check();
                TestResult result = run(test, engine, workspace);
                results.add(result);
                ended.accept(result);
            }
        } finally {
            workspace.removeTemporary();
        }
        return results;
    }

    private TestResult run(LoadTest test, Engine engine, Workspace workspace) {
        LoadTest.Performance bound = test.performance();
        return bound == null ? runBatches(test, engine, workspace) : judge(test, bound, workspace);
    }

    private TestResult judge(LoadTest test, LoadTest.Performance bound, Workspace workspace) {
        long began = System.nanoTime();
        ProjectState state = new ProjectState(setup, project.folder());
        List<String> messages = new PastRuns(project.environment().name())
                .judge(bound, new Memory(state, workspace, setup.clock()).newest(test.pipeline(), MOST_RUNS));
        TestResult.Status status = messages.isEmpty() ? TestResult.Status.PASSED : TestResult.Status.FAILED;
        return new TestResult(test, status, since(began), messages, List.of());
    }

    private TestResult runBatches(LoadTest test, Engine engine, Workspace workspace) {
        long began = System.nanoTime();
        Instant now = setup.clock().instant();
        String id = RunIds.next(now);
        Path folder = workspace.staging(id);
        try {
            LoadTestRun.Outcome outcome = new LoadTestRun(
                            test,
                            projects.computeIfAbsent(test.variables(), withVariables),
                            setup.connectors().all(),
                            engine,
                            folder,
                            now,
                            cancellation)
                    .run();
            boolean passed = outcome.messages().isEmpty()
                    && outcome.tables().stream()
                            .allMatch(table -> table.differences().isEmpty());
            return new TestResult(
                    test,
                    passed ? TestResult.Status.PASSED : TestResult.Status.FAILED,
                    since(began),
                    outcome.messages(),
                    outcome.tables());
        } catch (HeadworksException failure) {
            if (failure.kind() == FailureKind.CANCELLED) {
                throw failure;
            }
            String hint = failure.hint() == null ? "" : " (" + failure.hint() + ")";
            return new TestResult(
                    test, TestResult.Status.ERROR, since(began), List.of(failure.getMessage() + hint), List.of());
        } finally {
            workspace.remove(id);
        }
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
