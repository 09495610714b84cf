package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.SetupSql;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prepares a target, or prints how. */
@Command(
        name = "setup",
        description = "Prepare a target: make our tables (ledger, fence, dead letter), or print the SQL for it",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw setup warehouse                make them; what is there already stays",
            "  hw setup warehouse --print-sql    for somebody with more rights to run",
            "",
            "A run makes what is missing by itself when its user may.",
        })
final class SetupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONNECTION", description = "The target")
    private String connection;

    @Option(names = "--print-sql", description = "Print the statements; nothing is run")
    private boolean print;

    @Option(names = "--force", paramLabel = "REASON", description = "Also in a guarded environment")
    private @Nullable String force;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        Project project = invocation.project();
        GuardedEnvironment.requireConsent(project, print || force != null);
        try (Workbench bench = new Workbench(invocation.setup(), project, new Cancellation())) {
            SetupSql setup = new SetupSql(bench);
            List<String> statements = print ? setup.of(connection) : setup.run(connection);
            if (print) {
                statements.forEach(statement -> console.line(statement.strip() + ";"));
            } else {
                console.line(
                        statements.isEmpty()
                                ? connection + " needs no preparation"
                                : connection + " is ready: ledger, fence and dead letter are there");
            }
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("connection", connection);
            document.put("statements", statements);
            document.put("done", !print);
            console.document(document);
        }
        return 0;
    }
}
