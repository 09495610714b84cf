package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.CheckReport;
import io.headworks.core.service.CheckTables;
import io.headworks.core.service.FailingRowsFile;
import io.headworks.core.service.HeldFile;
import io.headworks.core.service.Incidents;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.InlineChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs checks on whole tables. */
@Command(
        name = "check",
        description = "Run checks on whole tables: those of check files and contracts, or any that are named",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw check                      every check file and contract",
            "  hw check marts.fct_orders     those of this table",
            "  hw check shop_db:orders --check \"not_null: id\" --check \"range: {column: amount, min: 0}\"",
            "                                any table of any connection, without a file",
            "  hw check --junit report.xml   for a build server",
            "  hw check --rows failing.jsonl all failing rows, a JSON object a line",
            "  hw check --history marts.fct_orders",
            "                                what was found before, newest first",
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..1",
            description = "Only this table's (default: every check file and contract)")
    private @Nullable String table;

    @Option(
            names = "--check",
            paramLabel = "CHECK",
            description = "A check of TABLE as in a check file, instead of those of files; may be repeated")
    private List<String> checks = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML too")
    private @Nullable Path junit;

    @Option(
            names = "--rows",
            paramLabel = "FILE",
            description = "Write all failing rows, a JSON object a line; values are not masked")
    private @Nullable Path rows;

    @Option(names = "--history", description = "Run nothing: list what was found of TABLE before, newest first")
    private boolean history;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "With --history: at most so many (default: 50)")
    private int limit = 50;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "How long to wait for a file that a run holds (default: 30s)")
    private Duration wait = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        if (table == null && (history || !checks.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "Cannot use " + (history ? "--history" : "--check") + ": it needs a TABLE");
        }
        return history ? before(invocation, String.valueOf(table)) : look(invocation);
    }

    private int look(Invocation invocation) {
        Project project = checks.isEmpty()
                ? invocation.project()
                : invocation.projectWith(InlineChecks.FILE, InlineChecks.text(String.valueOf(table), checks));
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation);
                Workbench bench = new Workbench(invocation.setup(), project, cancellation)) {
            List<CheckTables.Checked> all =
                    new HeldFile(bench.state(), cancellation, wait).whenFree(() -> found(new CheckTables(bench)));
            if (junit != null) {
                OutputFile.write(junit, CheckReport.junit(all, invocation.options().masker::mask));
            }
            Map<String, @Nullable Object> document = CheckTables.document(all);
            CheckLines.show(Documents.list(document, "checks"), invocation.console());
            invocation.console().document(document);
            return CheckTables.exitCode(all);
        }
    }

    private List<CheckTables.Checked> found(CheckTables tables) {
        if (rows == null) {
            return tables.run(table, null);
        }
        try (FailingRowsFile failing = new FailingRowsFile(rows)) {
            return tables.run(table, failing);
        }
    }

    private int before(Invocation invocation, String dataset) {
        Project project = invocation.projectOfFiles();
        List<Map<String, @Nullable Object>> results = new Incidents(
                        invocation.state(), invocation.setup().clock())
                .results(project.environment().name(), dataset, limit);
        if (results.isEmpty()) {
            invocation.console().line("nothing is known of checks of " + dataset);
        } else {
            CheckLines.showHistory(results, invocation.console());
        }
        invocation.console().document(Map.of("results", results));
        return 0;
    }
}
