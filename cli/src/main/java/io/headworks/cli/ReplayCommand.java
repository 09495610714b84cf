package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunSettings;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
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
        footer = {"  hw deadletter replay orders      after the check, a code list or a dimension was corrected"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SELECT", arity = "1..*", description = "Pipelines")
    private List<String> selected = List.of();

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
        Cancellation cancellation = new Cancellation();
        GraphRun.Outcome outcome;
        try (Signals signals = Signals.cancelling(cancellation);
                Progress progress = Progress.on(invocation.console())) {
            outcome = new RunPipelines(invocation.setup(), project)
                    .run(chosen, pipeline -> RunSettings.replay(force), 1, progress, cancellation);
        }
        if (force != null) {
            invocation.console().line("replayed by force: " + force);
        }
        RunCommand.show(outcome, invocation.console());
        return RunPipelines.exitCode(outcome);
    }
}
