package io.headworks.cli;

import io.headworks.core.schedule.Schedules;
import io.headworks.core.schedule.SlotDocument;
import io.headworks.core.state.Slot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be done with slots. */
final class ScheduleCommands {

    private ScheduleCommands() {}

    private static Schedules schedules(Invocation invocation) {
        return new Schedules(invocation.setup(), invocation.projectOfFiles(), invocation.state());
    }

    /** Slots as a document. */
    static Map<String, Object> document(List<Slot> slots) {
        return Map.of("slots", slots.stream().map(SlotDocument::of).toList());
    }

    /** Lists them. */
    @Command(
            name = "slots",
            description = "List slots and what came of them, newest first",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw schedule slots", "  hw schedule slots orders --limit 100"})
    static final class Slots implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only those of this pipeline")
        private @Nullable String name;

        @Option(
                names = "--limit",
                paramLabel = "N",
                converter = NumberArgument.Positive.class,
                description = "At most so many (default: 20)")
        private int limit = 20;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            List<Slot> slots = schedules(invocation).slots(name, limit);
            TextTable table = new TextTable(
                            "ID",
                            "PIPELINE",
                            "SLOT (UTC)",
                            "STATUS",
                            "OUTCOME",
                            "STARTED (UTC)",
                            "ENDED (UTC)",
                            "MESSAGE")
                    .status(4);
            for (Slot slot : slots) {
                table.row(
                        slot.id(),
                        slot.pipeline(),
                        Documents.time(slot.slot()),
                        slot.status().name().toLowerCase(Locale.ROOT) + (slot.lateAt() == null ? "" : ", late"),
                        slot.outcome(),
                        slot.startedAt() == null
                                ? null
                                : Documents.time(slot.startedAt().toString()),
                        slot.endedAt() == null
                                ? null
                                : Documents.time(slot.endedAt().toString()),
                        slot.message());
            }
            if (table.isEmpty()) {
                invocation.console().line("no slot was ever queued");
            } else {
                invocation.console().table(table);
            }
            invocation.console().document(document(slots));
            return 0;
        }
    }

    /** Queues one. */
    @Command(
            name = "trigger",
            description = "Queue a slot now, whatever the schedule; a scheduler runs it",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw schedule trigger orders", "  hw schedule trigger orders --cause \"prices were corrected\""})
    static final class Trigger implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "A pipeline")
        private String name = "";

        @Option(names = "--cause", paramLabel = "TEXT", description = "Why, which is kept (default: by hand)")
        private String cause = "by hand";

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Slot slot = schedules(invocation).trigger(name, cause);
            invocation.console().line("queued " + slot.pipeline() + " " + slot.slot() + " (" + slot.id() + ")");
            invocation.console().document(document(List.of(slot)));
            return 0;
        }
    }

    /** Cancels one. */
    @Command(
            name = "cancel",
            description = "Take a slot out of the queue, or stop the run that is at it: what it began is rolled back",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw schedule cancel 01a206b3"})
    static final class Cancel implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "The beginning of its id")
        private String id = "";

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Slot slot = schedules(invocation).cancel(id);
            invocation
                    .console()
                    .line(slot.pipeline() + " " + slot.slot() + ": "
                            + (slot.outcome() == null ? "asked to stop" : slot.outcome()));
            invocation.console().document(document(List.of(slot)));
            return 0;
        }
    }
}
