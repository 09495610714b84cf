package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.DeadLetters;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes refused rows that are old. */
@Command(
        name = "purge",
        description = "Remove refused rows that are older, replayed or not",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw deadletter purge orders --older-than 90d"})
final class DeadLetterPurge implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SELECT", arity = "1..*", description = "Pipelines")
    private List<String> selected = List.of();

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            required = true,
            converter = TimeArgument.class,
            description = "As 90d or 12h")
    private Duration age = Duration.ZERO;

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description = "Also in a guarded environment; the reason is printed")
    private @Nullable String force;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.project();
        GuardedEnvironment.requireConsent(project, force != null && !force.isBlank());
        List<PipelineSpec> chosen = Chosen.of(project, selected, List.of(), false);
        Instant limit = invocation.setup().clock().instant().minus(age);
        try (Workbench bench = new Workbench(invocation.setup(), project, new Cancellation())) {
            Map<String, Long> removed = new DeadLetters(bench).purge(chosen, limit);
            removed.forEach((pipeline, letters) -> invocation
                    .console()
                    .line(pipeline + ": " + letters + (letters == 1 ? " dead letter" : " dead letters")
                            + " from before " + limit + " removed"));
            if (force != null) {
                invocation.console().line("purged by force: " + force);
            }
            invocation.console().document(Map.of("removed", removed, "before", limit.toString()));
        }
        return 0;
    }
}
