package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.plan.Request;
import io.headworks.core.proof.Proof;
import io.headworks.core.proof.VerifyPipeline;
import io.headworks.core.service.AdaptPipeline;
import io.headworks.core.service.ColumnUses;
import io.headworks.core.service.LookAtSource;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.SchemaReport;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what changed in the columns of a source, tries it, and adapts pipelines to it. */
@Command(
        name = "schema-change",
        description = "Show what changed in the columns of a source since its last load, and what depends on them",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw schema-change orders                                what this pipeline reads",
            "  hw schema-change shop:public.orders                    every pipeline that reads this table",
            "  hw schema-change orders --dry-run                      what the next run would make of it",
            "  hw schema-change orders --rename amount=total          the stage that would adapt the pipeline",
            "  hw schema-change orders --rename amount=total --apply  write it",
        })
final class SchemaChangeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "A pipeline, or what pipelines read as connection:table")
    private String source;

    @Option(
            names = "--dry-run",
            description =
                    "Load the next batch into places of its own, on a copy of the rows that it meets in the table")
    private boolean dryRun;

    @Option(
            names = "--rename",
            paramLabel = "OLD=NEW",
            description = "What a column that is gone is called now; may be repeated")
    private Map<String, String> renamed = new LinkedHashMap<>();

    @Option(
            names = "--as-null",
            paramLabel = "OLD",
            description = "A column that is gone goes on as NULL; may be repeated")
    private List<String> missing = new ArrayList<>();

    @Option(
            names = "--apply",
            description = "Put a stage into the pipeline's file that gives all others the columns that they knew")
    private boolean apply;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.project();
        List<PipelineSpec> pipelines = LookAtSource.chosen(project, source);
        boolean adapts = apply || !renamed.isEmpty() || !missing.isEmpty();
        List<Map<String, Object>> documents = new ArrayList<>();
        List<Integer> codes = new ArrayList<>();
        for (PipelineSpec pipeline : pipelines) {
            SchemaReport report = report(invocation, project, pipeline);
            new SchemaChangeLines(invocation.console()).show(report);
            Map<String, Object> document = new LinkedHashMap<>();
            report.document().forEach((key, value) -> document.put(key, value));
            if (adapts) {
                document.put("edit", adapt(invocation, pipeline, report));
            }
            if (dryRun) {
                document.put("dry_run", tried(invocation, project, pipeline, codes));
            }
            documents.add(document);
        }
        invocation.console().document(Map.of("sources", documents));
        return RunPipelines.worst(codes);
    }

    private static SchemaReport report(Invocation invocation, Project project, PipelineSpec pipeline) {
        try (Workbench bench = new Workbench(invocation.setup(), project, new Cancellation())) {
            ColumnUses uses = new ColumnUses(LineageCommand.lineage(invocation, project));
            return new LookAtSource(bench, invocation.memory(), uses).of(pipeline);
        }
    }

    private Map<String, Object> adapt(Invocation invocation, PipelineSpec pipeline, SchemaReport report) {
        SourceDrift drift = report.drift();
        if (drift == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot adapt " + pipeline.name() + ": no run has looked at its source, so that nobody knows what"
                            + " changed",
                    "run it once before");
        }
        AdaptPipeline adapting = new AdaptPipeline(invocation.folder(), pipeline);
        AdaptPipeline.Edit edit = adapting.edit(drift, renamed, new LinkedHashSet<>(missing));
        Console console = invocation.console();
        console.line("  " + edit.file() + ":");
        edit.lines().forEach(line -> console.line("    " + line));
        if (apply) {
            adapting.write(edit, () -> invocation.load().project() != null);
            console.line("  written; git checkout -- " + edit.file() + " takes it back. Next: hw schema-change "
                    + pipeline.name() + " --dry-run");
        } else {
            console.line("  nothing was written; --apply writes it");
        }
        return Map.of("file", edit.file(), "lines", edit.lines(), "written", apply);
    }

    /** Loaded once and again; a refusal is an answer too. */
    private static Map<String, Object> tried(
            Invocation invocation, Project project, PipelineSpec pipeline, List<Integer> codes) {
        Console console = invocation.console();
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation)) {
            Proof proof = new VerifyPipeline(
                            invocation.setup(),
                            project,
                            pipeline,
                            new ReplayProcess(invocation.options(), pipeline.name(), null),
                            replayed -> ProofLines.show(replayed, console),
                            cancellation)
                    .run(Request.LIVE, null, false, 0, 0);
            codes.add(proof.holds() ? 0 : 1);
            console.line("  dry run: " + proof.rows() + " rows onto " + proof.before()
                    + (proof.holds() ? " would load" : " would not load"));
            return Map.of("would_load", proof.holds(), "rows", proof.rows(), "refused", "");
        } catch (HeadworksException refusal) {
            if (refusal.kind() == FailureKind.CANCELLED || refusal.kind() == FailureKind.INTERNAL) {
                throw refusal;
            }
            codes.add(refusal.kind().exitCode());
            String why = String.valueOf(refusal.getMessage());
            console.line("  dry run: refused: " + why);
            if (refusal.hint() != null) {
                console.line("    " + refusal.hint());
            }
            return Map.of("would_load", false, "rows", 0, "refused", why);
        }
    }
}
