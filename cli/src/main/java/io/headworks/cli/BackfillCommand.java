package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.backfill.BackfillPlan;
import io.headworks.core.backfill.BackfillRequest;
import io.headworks.core.backfill.Backfills;
import io.headworks.core.slice.Standing.Only;
import io.headworks.core.spec.Project;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads a part of history again. */
@Command(
        name = "backfill",
        description = "Load a range of history again, slice by slice, beside live runs; can be stopped and resumed",
        sortOptions = false,
        subcommands = {
            BackfillCommands.ListAll.class,
            BackfillCommands.Resume.class,
            BackfillCommands.Cancel.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw backfill orders --from 2024-01-01 --to 2024-04-01    the newest slice first",
            "  hw backfill orders --from 2024-01-01 --to 2024-04-01 --plan     loads nothing",
            "  hw backfill orders --from 2024-01-01 --to 2024-04-01 --only missing",
            "  hw backfill orders --from 2024-01-01 --to 2024-04-01 --downstream",
            "  hw backfill shop.* --from 2024-01-01 --to 2024-04-01 --parallel 4",
            "  hw backfill list                  how they stand",
            "  hw backfill resume 01a206b3       go on with what is left",
            "  hw backfill cancel 01a206b3       stop it; what is loaded stays",
        })
final class BackfillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SELECT",
            arity = "0..*",
            description = "Pipelines: a name, shop.*, tag:x, path:folder, changed:REV, +x, x+")
    private List<String> selected = List.of();

    @Option(names = "--exclude", paramLabel = "SELECT", description = "Leave these out; may be repeated")
    private List<String> excluded = List.of();

    @Option(names = "--from", paramLabel = "X", description = "Start of the range, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "Y", description = "End of the range, exclusive")
    private @Nullable String to;

    @Option(
            names = "--only",
            paramLabel = "missing|failed|stale",
            converter = OnlyArgument.class,
            description = "Only slices that were never loaded, that failed last, or that another definition loaded")
    private @Nullable Only only;

    @Option(names = "--downstream", description = "Then what reads the tables, in order")
    private boolean downstream;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "Datasets side by side (default: 1); slices of one dataset follow one another")
    private int parallel = 1;

    @Option(names = "--oldest-first", description = "Begin with the oldest slice instead of the newest")
    private boolean oldestFirst;

    @Option(names = "--plan", description = "Show scope, impact and time; load nothing")
    private boolean planOnly;

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description = "Write in a guarded environment; the reason is recorded")
    private @Nullable String force;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        BackfillRequest request = request();
        Project project = invocation.project();
        GuardedEnvironment.requireConsent(project, planOnly || force != null);
        Backfills backfills = new Backfills(invocation.setup(), project);
        BackfillPlan plan = backfills.plan(request);
        Console console = invocation.console();
        BackfillLines.plan(Backfills.document(plan), console);
        if (planOnly || plan.isIdle()) {
            console.document(Map.of("plan", Backfills.document(plan)));
            return 0;
        }
        return run(console, (events, cancellation) -> backfills.run(plan, events, cancellation));
    }

    /** What begins or resumes one. */
    interface Work {
        Backfills.Result run(BackfillProgress events, Cancellation cancellation);
    }

    static int run(Console console, Work work) {
        Cancellation cancellation = new Cancellation();
        Backfills.Result result;
        try (Signals signals = Signals.cancelling(cancellation);
                BackfillProgress progress = new BackfillProgress(console)) {
            result = work.run(progress, cancellation);
        }
        BackfillLines.result(result.document(), console);
        console.document(Map.of("backfill", result.document()));
        return result.exitCode();
    }

    private BackfillRequest request() {
        String begin = from;
        String end = to;
        if (selected.isEmpty() || begin == null || end == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot backfill: "
                            + (selected.isEmpty() ? "no pipeline is named" : "--from and --to say which range"),
                    "as hw backfill orders --from 2024-01-01 --to 2024-04-01");
        }
        return new BackfillRequest(selected, excluded, begin, end, only, downstream, parallel, oldestFirst, force);
    }
}
