package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.SetupSql;
import io.headworks.core.service.Workbench;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a target needs. */
@Command(
        name = "setup",
        description = "Print the SQL that prepares a target: our schema, and grants for a user with few rights",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw setup warehouse --print-sql"})
final class SetupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONNECTION", description = "The target")
    private String connection;

    @Option(names = "--print-sql", description = "Print the statements; nothing is run")
    private boolean print;

    @Override
    public Integer call() {
        if (!print) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot set up " + connection + ": running the statements is not built yet (allowed: --print-sql)");
        }
        Invocation invocation = Invocation.of(spec);
        try (Workbench bench = new Workbench(invocation.setup(), invocation.project(), new Cancellation())) {
            List<String> statements = new SetupSql(bench).of(connection);
            statements.forEach(statement -> invocation.console().line(statement.strip() + ";"));
            invocation.console().document(Map.of("connection", connection, "statements", statements));
        }
        return 0;
    }
}
