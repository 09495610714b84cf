package io.headworks.cli;

import io.headworks.api.dataset.TableName;
import io.headworks.api.run.Cancellation;
import io.headworks.core.service.DropEnvironment;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Project;
import java.io.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups what can be done with an environment as a whole. */
@Command(
        name = "env",
        description = "Drop the tables of an environment that is no longer needed",
        sortOptions = false,
        subcommands = EnvCommand.Drop.class,
        footerHeading = "%nExamples:%n",
        footer = "  hw env drop ci")
final class EnvCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw NothingAsked.of(spec);
    }

    /** Drops an environment. */
    @Command(
            name = "drop",
            description =
                    "Drop the tables and views that an environment's loads have written, and its ledger; this cannot"
                            + " be undone",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {
                "  hw env drop ci          shows what it would drop, and asks on a terminal",
                "  hw env drop ci --yes    drops it"
            })
    static final class Drop implements Callable<Integer> {
        private static final int NOT_AGREED = 8;

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ENV", description = "The environment; never a guarded one or production")
        private String environment;

        @Option(names = "--yes", description = "Drop without asking")
        private boolean yes;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            Project project = invocation.projectOfFiles(environment);
            try (Workbench bench = new Workbench(invocation.setup(), project, new Cancellation())) {
                DropEnvironment drop = new DropEnvironment(bench);
                drop.requireExpendable(others(invocation, project));
                List<DropEnvironment.Loaded> loaded = drop.look();
                show(invocation, loaded);
                boolean agreed = yes || loaded.isEmpty() || agreed();
                if (agreed) {
                    drop.drop(loaded);
                    invocation.console().line("dropped environment " + environment);
                } else {
                    invocation.console().note("nothing was dropped: hw env drop " + environment + " --yes drops it");
                }
                invocation.console().document(document(loaded, agreed));
                return agreed ? 0 : NOT_AGREED;
            }
        }

        private List<Environment> others(Invocation invocation, Project project) {
            List<Environment> others = new ArrayList<>();
            for (Environment each : project.environments()) {
                if (!each.name().equals(environment)) {
                    LoadedProject loaded = invocation.load(each.name());
                    Project other = loaded.project();
                    others.add(other == null ? each : other.environment());
                }
            }
            return others;
        }

        private void show(Invocation invocation, List<DropEnvironment.Loaded> loaded) {
            if (loaded.isEmpty()) {
                invocation.console().line("no load of environment " + environment + " is recorded");
                return;
            }
            TextTable table = new TextTable("DATASET", "DROPS", "LOADS", "LAST LOAD", "PIPELINE");
            loaded.forEach(each -> table.row(
                    each.dataset(),
                    each.there().isEmpty()
                            ? "nothing: it is not there"
                            : each.there().stream().map(TableName::toString).collect(Collectors.joining(", ")),
                    each.loads(),
                    each.lastLoad().toString(),
                    each.pipeline()));
            invocation.console().table(table);
            invocation.console().line("these tables and their ledger go for good: this cannot be undone");
        }

        private boolean agreed() {
            Console terminal = System.console();
            return terminal != null && environment.equals(terminal.readLine("Type %s to drop them: ", environment));
        }

        private Map<String, @Nullable Object> document(List<DropEnvironment.Loaded> loaded, boolean dropped) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("environment", environment);
            tree.put("dropped", dropped);
            tree.put(
                    "datasets",
                    loaded.stream().map(DropEnvironment.Loaded::document).toList());
            return tree;
        }
    }
}
