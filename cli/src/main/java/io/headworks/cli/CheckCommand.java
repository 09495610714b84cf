package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.CheckTables;
import io.headworks.core.service.HeldFile;
import io.headworks.core.service.Workbench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs check files. */
@Command(
        name = "check",
        description = "Run the checks of check files on whole tables",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw check                      every check file", "  hw check marts.fct_orders"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "Only this table's (default: every check file)")
    private @Nullable String table;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = TimeArgument.class,
            description = "How long to wait for a file that a run holds (default: 30s)")
    private Duration wait = Duration.ofSeconds(30);

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation);
                Workbench bench = new Workbench(invocation.setup(), invocation.project(), cancellation)) {
            CheckTables checks = new CheckTables(bench);
            List<CheckTables.Checked> all =
                    new HeldFile(bench.workspace(), cancellation, wait).whenFree(() -> checks.run(table));
            Map<String, @Nullable Object> document = CheckTables.document(all);
            CheckLines.show(Documents.list(document, "checks"), invocation.console());
            invocation.console().document(document);
            return CheckTables.exitCode(all);
        }
    }
}
