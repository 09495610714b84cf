package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.reject.CorrectedRows;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunSettings;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs refused rows again. */
@Command(
        name = "replay",
        description = "Run refused rows through stages, gates and load again; the position stays where it is",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw deadletter replay orders                     after the check, a code list or a dimension was corrected",
            "  hw deadletter replay orders --from fix.jsonl    the rows of a file of hw deadletter export, as they are now",
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SELECT", arity = "1..*", description = "Pipelines")
    private List<String> selected = List.of();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Only the rows of this file, as somebody has corrected them")
    private @Nullable Path from;

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description = "Also in a guarded environment; the reason is printed and recorded")
    private @Nullable String force;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.project();
        GuardedEnvironment.requireConsent(project, force != null && !force.isBlank());
        List<PipelineSpec> chosen = Chosen.of(project, selected, List.of(), false);
        CorrectedRows corrected = corrected(chosen);
        Cancellation cancellation = new Cancellation();
        GraphRun.Outcome outcome;
        try (Signals signals = Signals.cancelling(cancellation);
                Progress progress = Progress.on(invocation.console())) {
            outcome = new RunPipelines(invocation.setup(), project)
                    .run(chosen, pipeline -> RunSettings.replay(force, corrected), 1, progress, cancellation);
        }
        if (force != null) {
            invocation.console().line("replayed by force: " + force);
        }
        RunCommand.show(outcome, invocation.console());
        return RunPipelines.exitCode(outcome);
    }

    private CorrectedRows corrected(List<PipelineSpec> chosen) {
        if (from == null) {
            return CorrectedRows.NONE;
        } else if (chosen.size() != 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot replay " + from + " into " + chosen.size() + " pipelines: its rows are of one",
                    "name that pipeline");
        }
        return CorrectedRows.read(from);
    }
}
