package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.schedule.Limits;
import io.headworks.core.schedule.Scheduler;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.spec.Project;
import io.headworks.core.state.Slot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Is the scheduler of an environment. */
@Command(
        name = "run",
        description = "Run pipelines by themselves, each slot in a process of its own, until Ctrl-C",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw schedule run",
            "  hw schedule run --parallel 4 --limit shop_db=1",
            "  hw schedule run --once           what is due now; for a timer of the system",
            "  hw schedule run --env prod --force \"nightly loads, approved in CHG-42\"",
        })
final class ScheduleRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "Processes at a time (default: 2)")
    private int parallel = 2;

    @Option(
            names = "--limit",
            paramLabel = "CONNECTION=N",
            description = "How many of them may use a connection at a time; may be repeated")
    private Map<String, Integer> limits = new LinkedHashMap<>();

    @Option(names = "--once", description = "Stop when nothing is due any more and nothing runs")
    private boolean once;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "On Ctrl-C, how long runs may go on before they are cancelled (default: 60s)")
    private Duration grace = Duration.ofSeconds(60);

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description = "Write in a guarded environment without approved plans; the reason is recorded with each run")
    private @Nullable String force;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.projectOfFiles();
        GuardedEnvironment.requireConsent(project, force != null);
        requireKnown(project);
        Cancellation cancellation = new Cancellation();
        ScheduleLines lines =
                new ScheduleLines(invocation.console(), invocation.setup().clock(), once);
        ChildProcesses children = new ChildProcesses(invocation.options(), project.folder(), force);
        try (Signals signals = Signals.cancelling(cancellation);
                Scheduler scheduler = new Scheduler(
                        invocation.setup(),
                        invocation::projectOfFiles,
                        children,
                        new Limits(parallel, limits),
                        lines)) {
            if (once) {
                scheduler.runWhatIsDue(cancellation, grace);
            } else {
                invocation
                        .console()
                        .note("scheduling " + project + "; Ctrl-C stops, runs get " + grace.toSeconds() + " s to end");
                scheduler.run(cancellation, grace);
            }
        }
        return ended(invocation.console(), lines.ended());
    }

    private static int ended(Console console, List<Slot> slots) {
        slots.forEach(slot -> console.line(slot.pipeline() + " " + slot.slot() + " " + slot.outcome()));
        console.document(ScheduleCommands.document(slots));
        return RunPipelines.worst(slots.stream()
                .filter(slot -> !Objects.equals(slot.outcome(), Slot.SKIPPED))
                .map(slot -> slot.exitCode() == null ? 1 : slot.exitCode())
                .toList());
    }

    private void requireKnown(Project project) {
        for (Map.Entry<String, Integer> limit : limits.entrySet()) {
            if (!project.connections().containsKey(limit.getKey()) || limit.getValue() < 1) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot limit " + limit.getKey() + " to " + limit.getValue() + ": "
                                + (limit.getValue() < 1 ? "at least one run must fit" : "there is no such connection"),
                        "allowed: a number of 1 or more, and a connection of "
                                + new TreeSet<>(project.connections().keySet()));
            }
        }
    }
}
