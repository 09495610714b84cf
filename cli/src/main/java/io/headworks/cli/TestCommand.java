package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.run.Cancellation;
import io.headworks.core.proof.ChosenTests;
import io.headworks.core.proof.GoldenRows;
import io.headworks.core.proof.JUnitReport;
import io.headworks.core.proof.RunTests;
import io.headworks.core.proof.TestDocument;
import io.headworks.core.proof.TestResult;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs tests of pipelines. */
@Command(
        name = "test",
        description = "Run tests of pipelines: state before, batches, state after",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw test                        every test; nothing of the project is touched",
            "  hw test orders tag:mart        the tests of these pipelines",
            "  hw test path:tests/late.yml    the tests of a file",
            "  hw test --junit report.xml     for a build server",
            "  hw test --generate orders      write first tests from live data, personal values masked",
            "  hw test --golden               expect what is there now (CSV files only)",
        })
final class TestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description = "Tests: their name, path:FILE, or pipelines as in hw run (default: every test)")
    private List<String> selected = List.of();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "Leave these out; may be repeated")
    private List<String> excluded = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML too")
    private @Nullable Path junit;

    @Option(names = "--golden", description = "Rewrite the CSV files of expected rows that differ, and show how")
    private boolean golden;

    @Option(
            names = "--generate",
            paramLabel = "PIPELINE",
            description = "Write tests/PIPELINE.yml from live data: what it does now, and with hard cases")
    private @Nullable String generate;

    @Option(
            names = "--mask",
            split = ",",
            paramLabel = "COLUMN",
            description = "With --generate: personal columns beside those that look so, or that a pipeline masks")
    private List<String> masked = List.of();

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        if (generate != null) {
            return GeneratedTests.write(invocation, generate, masked);
        }
        Project project = invocation.project();
        Cancellation cancellation = new Cancellation();
        List<TestResult> results;
        try (Signals signals = Signals.cancelling(cancellation)) {
            results = new RunTests(invocation.setup(), project, invocation::project, cancellation)
                    .run(ChosenTests.of(project, selected, excluded), result -> TestLines.show(result, console));
        }
        if (junit != null) {
            write(junit, JUnitReport.of(results, invocation.options().masker::mask));
        }
        List<String> rewritten = golden ? new GoldenRows(invocation.folder()).rewrite(results) : List.of();
        rewritten.forEach(file -> console.line("rewritten: " + file));
        TestLines.sum(results, console);
        console.document(TestDocument.of(results, rewritten));
        boolean green = golden || results.stream().allMatch(result -> result.status() == TestResult.Status.PASSED);
        return green ? 0 : 1;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
