package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.profile.ProfileDocument;
import io.headworks.core.report.ProfilePage;
import io.headworks.core.service.HeldFile;
import io.headworks.core.service.ProfileTable;
import io.headworks.core.service.Workbench;
import io.headworks.core.service.WriteProposals;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes a table by its rows, and proposes checks. */
@Command(
        name = "quality",
        aliases = "profile",
        description = {
            "Describe a table by its rows, and propose checks and a contract that hold on all of them.",
            "Values that point at people are masked. Nothing is written without --write or --html."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw quality fct_orders",
            "  hw quality landing:orders.csv",
            "  hw quality warehouse:marts.fct_orders --output json",
            "  hw quality fct_orders --dry-run      the contract that would be written, or what is added to it",
            "  hw quality fct_orders --write",
            "  hw quality fct_orders --html fct_orders.html",
        })
final class QualityCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE-or-PATH", description = "A table or path, [connection:]name")
    private String table = "";

    @Option(
            names = "--write",
            description =
                    "Put the proposed checks into the table's contract, with their reasons; without one, write it")
    private boolean write;

    @Option(names = "--dry-run", description = "Show what --write would write; write nothing")
    private boolean dryRun;

    @Option(names = "--html", paramLabel = "FILE", description = "Write what was found as a page with charts")
    private @Nullable Path html;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "How long to wait for a file that a run holds (default: 30s)")
    private Duration wait = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        boolean edits = write || dryRun;
        Project project = edits ? invocation.project() : invocation.projectToLookAtData();
        Cancellation cancellation = new Cancellation();
        ProfileTable.Looked looked;
        try (Signals signals = Signals.cancelling(cancellation);
                Workbench bench = new Workbench(invocation.setup(), project, cancellation)) {
            ProfileTable profile = new ProfileTable(bench);
            looked = new HeldFile(bench.state(), cancellation, wait).whenFree(() -> profile.run(table));
        }
        new QualityLines(invocation.console()).show(looked);
        if (html != null) {
            OutputFile.write(html, ProfilePage.of(looked.findings(), looked.checks()));
            invocation.console().note("wrote " + html);
        }
        Map<String, @Nullable Object> document = ProfileDocument.of(looked.findings(), looked.checks());
        document.put("edit", edits ? edited(invocation, project, looked) : null);
        invocation.console().document(document);
        return 0;
    }

    private @Nullable Map<String, Object> edited(Invocation invocation, Project project, ProfileTable.Looked looked) {
        WriteProposals proposals = new WriteProposals(project);
        WriteProposals.Edit edit = proposals.edit(looked).orElse(null);
        Console console = invocation.console();
        if (edit == null) {
            console.line("nothing to write: the table has a contract, and all that could be proposed is checked");
            return null;
        }
        console.line("");
        console.line(edit.file() + ":");
        edit.lines().forEach(line -> console.line("  " + line));
        boolean writes = write && !dryRun;
        if (writes) {
            proposals.write(edit, () -> invocation.load().project() != null);
            console.line("written; " + edit.undo() + " takes it back. Next: hw check " + table);
        } else {
            console.line("nothing was written; --write writes it");
        }
        return Map.of("file", edit.file(), "lines", edit.lines(), "undo", edit.undo(), "written", writes);
    }
}
