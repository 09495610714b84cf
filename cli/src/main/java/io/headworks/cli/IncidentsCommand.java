package io.headworks.cli;

import io.headworks.core.service.Incidents;
import io.headworks.core.state.IncidentStore.Incident;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what failing checks left to be done. */
@Command(
        name = "incidents",
        description = "List what failing checks left to be done, worst first; close it",
        sortOptions = false,
        subcommands = IncidentsCommand.Close.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw incidents                  open ones, and the backlog below them",
            "  hw incidents --all            closed ones too",
            "  hw incidents close 3f9c --why \"the source was corrected\"",
        })
final class IncidentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--all", description = "Closed ones too")
    private boolean all;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        List<Incident> incidents = incidents(invocation)
                .list(invocation.projectOfFiles().environment().name(), all);
        TextTable table = new TextTable(
                        "ID", "STATUS", "SEVERITY", "DATASET", "CHECK", "TIMES", "FAILING", "OPENED (UTC)", "DUE (UTC)")
                .status(1);
        for (Incident each : incidents) {
            table.row(
                    each.id(),
                    each.status(),
                    each.severity(),
                    each.dataset(),
                    each.check(),
                    each.times(),
                    each.failingRows(),
                    Documents.time(each.openedAt()),
                    Documents.time(each.dueAt()));
        }
        if (table.isEmpty()) {
            invocation.console().line("nothing is open");
        } else {
            invocation.console().table(table);
        }
        invocation
                .console()
                .document(Map.of(
                        "incidents", incidents.stream().map(Incidents::document).toList()));
        return 0;
    }

    private static Incidents incidents(Invocation invocation) {
        return new Incidents(invocation.state(), invocation.setup().clock());
    }

    /** Closes one. */
    @Command(
            name = "close",
            description = "Close an incident or an entry of the backlog; what a P0 held goes on",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw incidents close 3f9c --why \"the source was corrected\""})
    static final class Close implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "The beginning of its id")
        private String id;

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "The reason, which is kept")
        private String why = "";

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            String environment = invocation.projectOfFiles().environment().name();
            Incident closed = incidents(invocation).close(environment, id, why);
            invocation.console().line("closed " + closed.id() + ": " + closed.check() + " of " + closed.dataset());
            invocation.console().document(Map.of("closed", closed.id()));
            return 0;
        }
    }
}
