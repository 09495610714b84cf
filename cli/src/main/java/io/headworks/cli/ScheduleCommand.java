package io.headworks.cli;

import io.headworks.core.schedule.Schedules;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** When pipelines run by themselves. */
@Command(
        name = "schedule",
        description = "Show when pipelines run by themselves; run them",
        sortOptions = false,
        subcommands = {
            ScheduleRunCommand.class,
            ScheduleCommands.Slots.class,
            ScheduleCommands.Trigger.class,
            ScheduleCommands.Cancel.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw schedule                   each pipeline, its next slot and what came of its last one",
            "  hw schedule --next 5",
            "  hw schedule run               run what is due, until Ctrl-C",
            "  hw schedule run --once        run what is due now, then stop",
            "  hw schedule slots orders      what came of its slots",
            "  hw schedule trigger orders    a slot now",
        })
final class ScheduleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--next",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "So many slots to come of each pipeline (default: 1)")
    private int next = 1;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Schedules schedules = new Schedules(invocation.setup(), invocation.projectOfFiles(), invocation.state());
        Map<String, @Nullable Object> document = schedules.document(next);
        TextTable table =
                new TextTable("PIPELINE", "TRIGGER", "ZONE", "NEXT", "LAST SLOT (UTC)", "OUTCOME", "NOW").status(5);
        List<Map<String, @Nullable Object>> pipelines = Documents.list(document, "pipelines");
        for (Map<String, @Nullable Object> pipeline : pipelines) {
            Map<String, @Nullable Object> last = Documents.map(pipeline, "last");
            table.row(
                    pipeline.get("name"),
                    pipeline.get("cron") == null ? pipeline.get("trigger") : pipeline.get("cron"),
                    pipeline.get("timezone"),
                    next(pipeline),
                    last == null ? null : Documents.time(last, "slot"),
                    last == null ? null : last.get("outcome"),
                    now(pipeline));
        }
        Console console = invocation.console();
        console.table(table);
        pipelines.stream()
                .filter(pipeline -> pipeline.get("problem") != null)
                .forEach(pipeline -> console.line("problem: " + pipeline.get("problem")));
        if (document.get("problems") instanceof List<?> problems) {
            problems.forEach(problem -> console.line("problem: " + problem));
        }
        console.line(scheduler(document, pipelines));
        console.document(document);
        return 0;
    }

    private static String next(Map<String, @Nullable Object> pipeline) {
        return Documents.list(pipeline, "next").stream()
                .map(slot -> Documents.text(slot, "local").replace('T', ' '))
                .collect(Collectors.joining(", "));
    }

    private static String now(Map<String, @Nullable Object> pipeline) {
        Map<String, @Nullable Object> open = Documents.map(pipeline, "open");
        if (open == null) {
            return "";
        }
        return open.get("status") + (open.get("late_at") == null ? "" : ", late");
    }

    /** Schedules without a scheduler are wishes: that is said whenever there is one. */
    private static String scheduler(
            Map<String, @Nullable Object> document, List<Map<String, @Nullable Object>> pipelines) {
        Map<String, @Nullable Object> scheduler = Documents.map(document, "scheduler");
        if (scheduler != null) {
            return "the scheduler is process " + scheduler.get("pid") + " on " + scheduler.get("host") + " since "
                    + Documents.time(scheduler, "since") + " UTC";
        }
        boolean asked = pipelines.stream().anyMatch(pipeline -> !"manual".equals(pipeline.get("trigger")));
        return asked
                ? "no scheduler runs: nothing starts by itself (hw schedule run is one)"
                : "nothing has a schedule: give a pipeline one, as schedule: \"15 * * * *\"";
    }
}
