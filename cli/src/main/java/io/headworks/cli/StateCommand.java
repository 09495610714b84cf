package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.Budget;
import io.headworks.core.service.PurgeState;
import io.headworks.core.service.RebuildState;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Project;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.StateBackup;
import io.headworks.core.state.StateDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups what can be done with the state. */
@Command(
        name = "state",
        description = "Back up the state, rebuild it from the targets, keep it small",
        sortOptions = false,
        subcommands = {
            StateCommand.Backup.class,
            StateRestoreCommand.class,
            StateCommand.Rebuild.class,
            StateCommand.Purge.class,
            StateSetupCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw state backup",
            "  hw state rebuild",
            "  hw state purge --keep 30d",
            "  hw state setup --print-sql"
        })
final class StateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw NothingAsked.of(spec);
    }

    /** Copies the state. */
    @Command(
            name = "backup",
            description = "Write a copy of the state into a file, also while others use it",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw state backup", "  hw state backup /backups/headworks.db"})
    static final class Backup implements Callable<Integer> {
        private static final DateTimeFormatter NAME =
                DateTimeFormatter.ofPattern("'state-'uuuuMMdd'T'HHmmss'.db'").withZone(ZoneOffset.UTC);

        @Spec
        private CommandSpec spec;

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "Where to (default: .headworks/backups/state-TIME.db)")
        private @Nullable Path file;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Path target = file != null
                    ? file
                    : invocation
                            .workspace()
                            .root()
                            .resolve("backups")
                            .resolve(NAME.format(invocation.setup().clock().instant()));
            try (StateDatabase state = invocation.state().open()) {
                long bytes = StateBackup.write(state, target);
                invocation.console().line("wrote " + target + " (" + bytes + " bytes)");
                invocation.console().document(Map.of("backup", Map.of("file", target.toString(), "bytes", bytes)));
            }
            return 0;
        }
    }

    /** Makes the state anew. */
    @Command(
            name = "rebuild",
            description = "Make the state anew from the targets' ledgers and the run documents; the old one is kept",
            footerHeading = "%nExamples:%n",
            footer = "  hw state rebuild                   after state.db was lost or damaged")
    static final class Rebuild implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Project project = invocation.projectOfFiles();
            List<Workbench> benches = new ArrayList<>();
            try {
                benches.add(new Workbench(invocation.setup(), project, new Cancellation()));
                for (Environment environment : project.environments()) {
                    if (!environment.name().equals(project.environment().name())) {
                        add(invocation, environment, benches);
                    }
                }
                Rebuilt rebuilt = new RebuildState(invocation.setup()).run(benches);
                invocation
                        .console()
                        .line("rebuilt from " + rebuilt.ledgerRows() + " ledger rows and " + rebuilt.runs()
                                + " run documents"
                                + (rebuilt.unreadable() == 0 ? "" : " (" + rebuilt.unreadable() + " unreadable)"));
                if (rebuilt.keptAside() != null) {
                    invocation.console().line("the old one is " + rebuilt.keptAside());
                }
                invocation.console().document(RebuildState.document(rebuilt));
            } finally {
                benches.forEach(Workbench::close);
            }
            return 0;
        }

        private static void add(Invocation invocation, Environment environment, List<Workbench> benches) {
            LoadedProject loaded = invocation.load(environment.name());
            Project project = loaded.project();
            if (project == null) {
                invocation
                        .console()
                        .note("environment " + environment.name() + " is left out: "
                                + loaded.problems().get(0));
            } else {
                benches.add(new Workbench(invocation.setup(), project, new Cancellation()));
            }
        }
    }

    /** Removes what is old. */
    @Command(
            name = "purge",
            description =
                    "Remove old runs, logs and what killed processes left; needs no connection and no valid project",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw state purge", "  hw state purge --keep 30d --megabytes 200"})
    static final class Purge implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(
                names = "--keep",
                paramLabel = "TIME",
                converter = TimeArgument.class,
                description = "Runs younger than this stay (default: 90d)")
        private Duration keep = Budget.DEFAULT.age();

        @Option(
                names = "--runs",
                paramLabel = "N",
                converter = NumberArgument.NotNegative.class,
                description = "At most so many runs stay (default: 20000)")
        private int runs = Budget.DEFAULT.runs();

        @Option(
                names = "--megabytes",
                paramLabel = "N",
                converter = NumberArgument.Positive.class,
                description = "At most so much state, and as much log (default: 500)")
        private int megabytes = (int) (Budget.DEFAULT.bytes() >> 20);

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            PurgeState.Purged purged = new PurgeState(
                            invocation.state(),
                            invocation.workspace(),
                            invocation.setup().clock())
                    .purge(new Budget(keep, runs, (long) megabytes << 20), true);
            invocation
                    .console()
                    .line("removed " + purged.runs() + " runs, " + purged.documents() + " run documents, "
                            + purged.folders() + " work folders, " + purged.logBytes() + " bytes of log");
            purged.notes().forEach(invocation.console()::note);
            invocation.console().document(purged.document());
            return purged.notes().isEmpty() ? 0 : 1;
        }
    }
}
