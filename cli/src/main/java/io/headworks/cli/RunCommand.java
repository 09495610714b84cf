package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunDocument;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunSettings;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
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
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private HwCommand options;

    @Parameters(paramLabel = "SELECT", arity = "0..*", description = "Pipelines by name")
    private List<String> selected = List.of();

    @Option(names = "--all", description = "Every pipeline of the project")
    private boolean all;

    @Option(names = "--from", paramLabel = "X", description = "Start of the slice, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "Y", description = "End of the slice, exclusive")
    private @Nullable String to;

    @Option(names = "--full-refresh", description = "Load everything again, whatever the position")
    private boolean fullRefresh;

    @Option(names = "--parallel", paramLabel = "N", defaultValue = "2", description = "Runs side by side (default: 2)")
    private int parallel = 2;

    @Option(
            names = "--override-gate",
            paramLabel = "REASON",
            description = "Publish although checks fail; the reason is recorded")
    private @Nullable String overrideGate;

    @Override
    public Integer call() {
        Console console = Console.of(spec, options);
        Setup setup = Assembly.setup();
        Project project = new OpenProject(options, setup).orProblems(console);
        if (project == null) {
            return FailureKind.PROJECT.exitCode();
        }
        List<PipelineSpec> chosen = Choice.of(project, selected, all);
        Request request = new Request(from, to, fullRefresh);
        if ((from == null) != (to == null)) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot run a slice: --from and --to belong together");
        }
        Cancellation cancellation = new Cancellation();
        GraphRun.Outcome outcome;
        try (Signals signals = Signals.cancelling(cancellation)) {
            outcome = new RunPipelines(setup, project)
                    .run(
                            chosen,
                            new RunSettings(request, "manual", null, overrideGate),
                            parallel,
                            new RunLines(console),
                            cancellation);
        }
        outcome.skipped().forEach((name, why) -> console.line(name + " skipped: " + why));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("runs", outcome.records().stream().map(RunDocument::of).toList());
        document.put("skipped", outcome.skipped());
        console.document(document);
        return RunPipelines.exitCode(outcome);
    }
}
