package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunDocument;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunSettings;
import io.headworks.core.service.ApprovedPlans;
import io.headworks.core.service.Choice;
import io.headworks.core.service.PlanPipeline;
import io.headworks.core.service.RetryRuns;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.Selection;
import io.headworks.core.service.TablesSince;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup.Refusal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
            "  hw run shop                                all tables of a pipeline of many tables; shop.orders is one",
            "  hw run orders --from 2024-01-01 --to 2024-02-01   one slice again",
            "  hw run orders --full-refresh               forget the position",
            "  hw run orders --dry-run                    what it would load; nothing is written",
            "  hw run --retry 01a206b3                    what failed or never started of that command",
            "  hw run --retry 01a206b3 --override-gate \"store closed\"   publish the batch that was stopped and kept",
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
            description =
                    "Publish although checks or max_change stop it; with --retry the batch that was kept; the reason is"
                            + " recorded")
    private @Nullable String overrideGate;

    @Option(names = "--plan", paramLabel = "FILE", description = "Run exactly the plans of this file, or exit 8")
    private @Nullable Path plan;

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description = "Run in a guarded environment without an approved plan; the reason is recorded")
    private @Nullable String force;

    @Option(
            names = "--retry",
            paramLabel = "RUN",
            description = "The pipelines of that run's command that failed or never started, for the same window")
    private @Nullable String retry;

    @Option(
            names = "--dry-run",
            description = "All but the load: read, transform and check; write nothing to the target")
    private boolean dryRun;

    @Option(names = "--slot", hidden = true, paramLabel = "ID:ATTEMPT", description = "The slot that this is for")
    private @Nullable String slot;

    private String trigger = "manual";

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Cancellation cancellation = new Cancellation();
        if (slot != null) {
            return new SlotProcess(invocation, slot).run(cancellation, because -> {
                trigger = because;
                return run(invocation, cancellation);
            });
        }
        return run(invocation, cancellation).exitCode();
    }

    /** What came of it, and the exit code that says so. */
    record Ended(GraphRun.Outcome outcome, int exitCode) {}

    private Ended run(Invocation invocation, Cancellation cancellation) {
        refuseContradictions();
        Project project = retry == null ? invocation.project() : invocation.project(asThen(invocation, retry));
        GuardedEnvironment.requireConsent(project, plan != null || force != null || dryRun);
        Asked asked = asked(invocation, project);
        GraphRun.Outcome outcome;
        try (Signals signals =
                        slot == null ? Signals.cancelling(cancellation) : Signals.cancellingByItsParent(cancellation);
                Progress progress = Progress.on(invocation.console())) {
            outcome = new RunPipelines(invocation.setup(), project)
                    .run(asked.pipelines(), asked.settings(), parallel, progress, cancellation);
        }
        RefusedLines.show(asked.refused(), "skipped", invocation.console());
        show(outcome, asked.refused(), invocation.console());
        return new Ended(outcome, RunPipelines.exitCode(outcome, asked.refused().values()));
    }

    /** A retry is of what was asked for then, unless this command line says otherwise. */
    private static Map<String, String> asThen(Invocation invocation, String run) {
        Map<String, String> variables =
                new LinkedHashMap<>(RetryRuns.variables(invocation.memory().run(run)));
        variables.putAll(invocation.options().variables);
        return variables;
    }

    private void refuseContradictions() {
        if ((from == null) != (to == null)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run a slice: --from and --to belong together",
                    "as hw run orders --from 2024-01-01 --to 2024-02-01");
        }
        boolean chooses = !selected.isEmpty() || !excluded.isEmpty() || all;
        if (all && !selected.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot choose pipelines: --all and " + String.join(" ", selected) + " contradict each other",
                    "leave one of them out");
        }
        if ((retry != null || plan != null)
                && (chooses || from != null || fullRefresh || retry != null && plan != null)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot run: " + (retry == null ? "--plan" : "--retry")
                            + " says by itself which pipelines run, and for which window",
                    "leave out SELECT, --all, --exclude, --from, --to and --full-refresh");
        }
    }

    /** What the command line means. */
    private record Asked(Choice choice, Function<PipelineSpec, RunSettings> settings) {
        Asked(List<PipelineSpec> pipelines, Function<PipelineSpec, RunSettings> settings) {
            this(new Choice(pipelines, Map.of()), settings);
        }

        List<PipelineSpec> pipelines() {
            return choice.pipelines();
        }

        Map<String, Refusal> refused() {
            return choice.refused();
        }
    }

    private Asked asked(Invocation invocation, Project project) {
        if (plan != null) {
            ApprovedPlans approved = ApprovedPlans.read(plan);
            List<PipelineSpec> pipelines = approved.pipelines(project);
            try (PlanPipeline planning = new PlanPipeline(invocation.setup(), project)) {
                approved.requireUnchanged(planning, pipelines, new Cancellation());
            }
            return new Asked(pipelines, pipeline -> approved(approved, pipeline));
        }
        if (retry != null) {
            RetryRuns.Retry left = new RetryRuns(invocation.memory(), project).of(retry);
            return new Asked(left.pipelines(), pipeline -> retried(left, pipeline));
        }
        Choice choice = Chosen.choice(project, selected, excluded, all);
        Set<String> known = project.groups().isEmpty()
                ? Set.of()
                : invocation.memory().pipelines(project.environment().name());
        return new Asked(
                new TablesSince(project, known)
                        .in(new Selection(project), selected, choice)
                        .orRefusal(),
                pipeline -> settings(new Request(from, to, fullRefresh), trigger, null));
    }

    private RunSettings retried(RetryRuns.Retry left, PipelineSpec pipeline) {
        String kept = overrideGate == null ? null : left.runs().get(pipeline.name());
        return settings(left.request(), "retry of " + left.ofRun(), kept);
    }

    private RunSettings settings(Request request, String trigger, @Nullable String keptRun) {
        String because = force == null ? trigger : trigger + ", forced: " + force;
        return dry(new RunSettings(request, because, null, overrideGate, keptRun));
    }

    private RunSettings approved(ApprovedPlans plans, PipelineSpec pipeline) {
        ApprovedPlans.Approved one = Objects.requireNonNull(plans.byPipeline().get(pipeline.name()));
        return dry(new RunSettings(one.request(), "manual", one.hash(), overrideGate, null));
    }

    private RunSettings dry(RunSettings settings) {
        return dryRun ? settings.dry() : settings;
    }

    /** What came of runs; the console masks. */
    static void show(GraphRun.Outcome outcome, Console console) {
        show(outcome, Map.of(), console);
    }

    private static void show(GraphRun.Outcome outcome, Map<String, Refusal> refused, Console console) {
        outcome.skipped().forEach((name, why) -> console.line(name + " skipped: " + why));
        RunLines.total(outcome, refused.size()).ifPresent(console::line);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("runs", outcome.records().stream().map(RunDocument::of).toList());
        Map<String, @Nullable Object> skipped = new LinkedHashMap<>(outcome.skipped());
        skipped.putAll(RefusedLines.document(refused));
        document.put("skipped", skipped);
        console.document(document);
    }
}
