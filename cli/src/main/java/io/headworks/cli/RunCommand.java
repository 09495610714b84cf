package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunDocument;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunSettings;
import io.headworks.core.service.ApprovedPlans;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs pipelines. */
@Command(
        name = "run",
        description = "Run pipelines: extract, transform, check, load and record",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw run orders                              go on from the last position",
            "  hw run --all                               every pipeline, in the order of their datasets",
            "  hw run orders --from 2024-01-01 --to 2024-02-01   one slice again",
            "  hw run orders --full-refresh               forget the position",
            "  hw run --plan orders.plan                  what was approved, or nothing (exit 8)",
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description = "Pipelines: a name, shop.*, tag:x, path:folder, changed:REV, +x, x+")
    private List<String> selected = List.of();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "Leave these out; may be repeated")
    private List<String> excluded = List.of();

    @Option(names = "--all", description = "Every pipeline of the project")
    private boolean all;

    @Option(names = "--from", paramLabel = "X", description = "Start of the slice, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "Y", description = "End of the slice, exclusive")
    private @Nullable String to;

    @Option(names = "--full-refresh", description = "Load everything again, whatever the position")
    private boolean fullRefresh;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "Runs side by side (default: 2)")
    private int parallel = 2;

    @Option(
            names = "--override-gate",
            paramLabel = "REASON",
            description = "Publish although checks fail; the reason is recorded")
    private @Nullable String overrideGate;

    @Option(names = "--plan", paramLabel = "FILE", description = "Run exactly the plans of this file, or exit 8")
    private @Nullable Path plan;

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description = "Run in a guarded environment without an approved plan; the reason is recorded")
    private @Nullable String force;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        Setup setup = invocation.setup();
        Project project = invocation.project();
        requireConsent(project);
        ApprovedPlans approved = plan == null ? null : ApprovedPlans.read(plan);
        List<PipelineSpec> chosen = approved == null
                ? Chosen.of(project, selected, excluded, all)
                : Chosen.of(project, List.copyOf(approved.byPipeline().keySet()), List.of(), false);
        Cancellation cancellation = new Cancellation();
        GraphRun.Outcome outcome;
        try (Signals signals = Signals.cancelling(cancellation);
                Progress progress = Progress.on(console)) {
            outcome = new RunPipelines(setup, project)
                    .run(chosen, pipeline -> settings(pipeline, approved), parallel, progress, cancellation);
        }
        show(outcome, console);
        return RunPipelines.exitCode(outcome);
    }

    private void requireConsent(Project project) {
        if ((from == null) != (to == null)) {
            throw new HeadworksException(FailureKind.PROJECT, "Cannot run a slice: --from and --to belong together");
        }
        GuardedEnvironment.requireConsent(project, plan != null || force != null);
    }

    private RunSettings settings(PipelineSpec pipeline, @Nullable ApprovedPlans approved) {
        if (approved == null) {
            String trigger = force == null ? "manual" : "manual, forced: " + force;
            return new RunSettings(new Request(from, to, fullRefresh), trigger, null, overrideGate);
        }
        ApprovedPlans.Approved one =
                Objects.requireNonNull(approved.byPipeline().get(pipeline.name()));
        return new RunSettings(one.request(), "manual", one.hash(), overrideGate);
    }

    /** What came of runs; the console masks. */
    static void show(GraphRun.Outcome outcome, Console console) {
        outcome.skipped().forEach((name, why) -> console.line(name + " skipped: " + why));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("runs", outcome.records().stream().map(RunDocument::of).toList());
        document.put("skipped", outcome.skipped());
        console.document(document);
    }
}
