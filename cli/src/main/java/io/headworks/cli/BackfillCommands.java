package io.headworks.cli;

import io.headworks.core.backfill.Backfills;
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

/** What can be done with backfills that have begun. */
final class BackfillCommands {

    private BackfillCommands() {}

    /** Lists them. */
    @Command(
            name = "list",
            description = "List backfills, newest first",
            footerHeading = "%nExamples:%n",
            footer = "  hw backfill list")
    static final class ListAll implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            List<Map<String, @Nullable Object>> all =
                    new Backfills(invocation.setup(), invocation.projectOfFiles()).list();
            BackfillLines.list(all, invocation.console());
            invocation.console().document(Map.of("backfills", all));
            return 0;
        }
    }

    /** Goes on. */
    @Command(
            name = "resume",
            description = "Go on with the slices that are left of a backfill that was interrupted or failed",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = "  hw backfill resume 01a206b3")
    static final class Resume implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "The beginning of its id")
        private String id = "";

        @Option(names = "--force", paramLabel = "REASON", description = "Write in a guarded environment")
        private @Nullable String force;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Project project = invocation.project();
            GuardedEnvironment.requireConsent(project, force != null);
            Backfills backfills = new Backfills(invocation.setup(), project);
            return BackfillCommand.run(
                    invocation.console(), (events, cancellation) -> backfills.resume(id, events, cancellation));
        }
    }

    /** Stops one. */
    @Command(
            name = "cancel",
            description = "Stop a backfill: the slice under way is rolled back, what is loaded stays",
            footerHeading = "%nExamples:%n",
            footer = "  hw backfill cancel 01a206b3")
    static final class Cancel implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "The beginning of its id")
        private String id = "";

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Map<String, @Nullable Object> document =
                    new Backfills(invocation.setup(), invocation.projectOfFiles()).cancel(id);
            invocation.console().line("backfill " + document.get("backfill_id") + " " + document.get("status"));
            invocation.console().document(Map.of("backfill", document));
            return 0;
        }
    }
}
