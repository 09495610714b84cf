package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.run.Cancellation;
import io.headworks.core.contract.ContractSummary;
import io.headworks.core.json.Json;
import io.headworks.core.plan.PlanText;
import io.headworks.core.plan.RecordTree;
import io.headworks.core.plan.Request;
import io.headworks.core.run.LookAhead;
import io.headworks.core.secret.Masker;
import io.headworks.core.service.ApprovedPlans;
import io.headworks.core.service.ChangePlan;
import io.headworks.core.service.ChangesSince;
import io.headworks.core.service.Choice;
import io.headworks.core.service.KeptColumns;
import io.headworks.core.service.Memory;
import io.headworks.core.service.PlanPipeline;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.Secrets;
import io.headworks.core.service.Selection;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Shows what a run would do. */
@Command(
        name = "plan",
        description = "Show what a run would do, without doing it",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw plan                          every pipeline",
            "  hw plan orders --sql             with the statements of its stages and checks",
            "  hw plan orders --out orders.plan for hw run --plan orders.plan",
            "  hw plan changed:main             what changed since main, what that reaches, what to load again",
        })
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description = "Pipelines: a name, shop.*, tag:x, path:folder, changed:REV, +x, x+ (default: all)")
    private List<String> selected = List.of();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "Leave these out; may be repeated")
    private List<String> excluded = List.of();

    @Option(names = "--from", paramLabel = "X", description = "Start of the slice, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "Y", description = "End of the slice, exclusive")
    private @Nullable String to;

    @Option(names = "--full-refresh", description = "As if everything were loaded again")
    private boolean fullRefresh;

    @Option(names = "--sql", description = "Also the statement that each stage becomes")
    private boolean sql;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan, for hw run --plan FILE")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        Setup setup = invocation.setup();
        Project project = invocation.project();
        List<ChangePlan> changes = changes(invocation, project);
        changes.forEach(change -> change.lines().forEach(console::line));
        List<Object> documents = new ArrayList<>();
        List<HeadworksException> refused = new ArrayList<>();
        try (PlanPipeline planning = new PlanPipeline(setup, project)) {
            Choice choice = Chosen.choice(project, selected, excluded, true);
            choice.refused().values().forEach(refusal -> refused.add(refusal.exception()));
            RefusedLines.show(choice.refused(), "cannot be planned", console);
            for (PipelineSpec pipeline : choice.pipelines()) {
                try {
                    documents.add(show(planning, project, pipeline, console));
                } catch (HeadworksException refusal) {
                    refused.add(refusal);
                    console.line(pipeline.name() + " cannot be planned: " + refusal.getMessage());
                    if (refusal.hint() != null) {
                        console.line("  " + refusal.hint());
                    }
                }
            }
        }
        if (refused.isEmpty() && out != null) {
            write(out, project, documents);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        if (!changes.isEmpty()) {
            document.put("changes", changes.stream().map(ChangePlan::document).toList());
        }
        document.put("plans", documents);
        document.put(
                "refused", refused.stream().map(HeadworksException::getMessage).toList());
        console.document(document);
        return RunPipelines.worst(
                refused.stream().map(refusal -> refusal.kind().exitCode()).toList());
    }

    /** What the revisions that are asked for mean. */
    private List<ChangePlan> changes(Invocation invocation, Project project) {
        List<String> revisions = Selection.revisions(selected);
        if (revisions.isEmpty()) {
            return List.of();
        }
        Memory memory = invocation.memory();
        ChangesSince since = new ChangesSince(
                invocation.setup(),
                invocation.projectOfFiles(),
                invocation.options().variables,
                new KeptColumns(memory, project.environment().name()));
        return revisions.stream()
                .map(revision -> ChangePlan.of(revision, since.of(revision), project, memory))
                .toList();
    }

    private Object show(PlanPipeline planning, Project project, PipelineSpec pipeline, Console console) {
        LookAhead.Preview preview =
                planning.preview(pipeline, new Request(from, to, fullRefresh), sql, new Cancellation());
        Graph.@Nullable Node node = project.graph().nodes().get(pipeline.name());
        Masker masker = Secrets.masker(project);
        @Nullable
        ContractSummary contract = project.contracts()
                .of(pipeline.writes())
                .map(each -> ContractSummary.of(project.contracts(), each))
                .orElse(null);
        PlanText.of(preview.plan(), node == null ? List.of() : node.downstream(), lines(contract))
                .forEach(line -> console.line(masker.mask(line)));
        if (preview.plan().idle() == null) {
            scaleOut(preview.engineBound()).forEach(line -> console.line(masker.mask(line)));
        }
        preview.statements().forEach(statement -> {
            console.line("");
            console.line("-- " + (statement.stage().startsWith("checks ") ? "" : "stage ") + statement.stage()
                    + (statement.materialised() ? " (kept and counted)" : ""));
            console.line(masker.mask(statement.sql()) + ";");
        });
        Map<String, @Nullable Object> document = new LinkedHashMap<>(tree(preview));
        document.put("engine_bound", preview.engineBound());
        document.put("contract", contract == null ? null : contract.document());
        return Objects.requireNonNull(masker.maskTree(document));
    }

    private static List<String> lines(@Nullable ContractSummary contract) {
        if (contract == null) {
            return List.of();
        }
        String note = contract.note();
        return note == null ? List.of(contract.sentence()) : List.of(contract.sentence(), note);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> tree(LookAhead.Preview preview) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(RecordTree.of(preview.plan()));
    }

    private static List<String> scaleOut(List<String> engineBound) {
        return engineBound.isEmpty()
                ? List.of("  scale-out      every expression is portable")
                : engineBound.stream().map(why -> "  scale-out      " + why).toList();
    }

    private static void write(Path file, Project project, List<Object> documents) {
        try {
            Files.writeString(file, Json.pretty(ApprovedPlans.document(project, documents)) + "\n");
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write the plan to " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
