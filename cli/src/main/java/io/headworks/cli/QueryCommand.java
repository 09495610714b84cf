package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.HeldFile;
import io.headworks.core.service.QueryData;
import io.headworks.core.service.RowTable;
import io.headworks.core.service.Workbench;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers one SELECT. */
@Command(
        name = "query",
        description = "Answer one read-only SELECT over the tables and files of the project",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw query \"select status, count(*) from fct_orders group by all\"",
            "  hw query 'select * from \"landing:orders/*.csv\"' --limit 10",
            "  hw query \"select * from headworks.dead_letter\" --output json",
        })
final class QueryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SQL", description = "One SELECT; names after FROM are datasets, [\"connection:]table")
    private String sql;

    @Option(names = "--on", paramLabel = "CONNECTION", description = "Where names without a connection are looked up")
    private @Nullable String connection;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = NumberArgument.NotNegative.class,
            description = "Show at most so many rows (default: 1000; all with 0)")
    private int limit = 1000;

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
                Workbench bench = new Workbench(invocation.setup(), invocation.projectToLookAtData(), cancellation)) {
            QueryData query = new QueryData(bench, connection);
            long most = limit == 0 ? Integer.MAX_VALUE - 1 : limit;
            RowTable answer = new HeldFile(bench.state(), cancellation, wait).whenFree(() -> query.run(sql, most));
            show(answer, invocation.console());
        }
        return 0;
    }

    static void show(RowTable answer, Console console) {
        TextTable table = new TextTable(answer.schema().names());
        answer.rows().forEach((List<? extends @Nullable Object> row) -> table.row(row));
        console.table(table);
        if (answer.more()) {
            console.note("there are more rows: --limit shows more of them");
        }
        console.document(answer.document());
    }
}
