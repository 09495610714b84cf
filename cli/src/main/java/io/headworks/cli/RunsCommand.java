package io.headworks.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
        name = "runs",
        description = "List runs, newest first",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw runs", "  hw runs orders --limit 100"})
final class RunsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", arity = "0..1", description = "Only runs of this pipeline")
    private @Nullable String pipeline;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "At most so many (default: 20)")
    private int limit = 20;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        List<Map<String, @Nullable Object>> runs = invocation.memory().newest(pipeline, limit);
        TextTable table = new TextTable(
                        "RUN", "PIPELINE", "STATUS", "STARTED (UTC)", "SECONDS", "READ", "LOADED", "REJECTED")
                .status(2);
        for (Map<String, @Nullable Object> run : runs) {
            table.row(
                    run.get("run_id"),
                    run.get("pipeline_name"),
                    run.get("status"),
                    Documents.time(run, "started_at"),
                    run.get("duration_seconds"),
                    run.get("rows_extracted"),
                    run.get("rows_loaded"),
                    run.get("rows_rejected"));
        }
        if (table.isEmpty()) {
            invocation.console().line("no run is kept" + (pipeline == null ? "" : " of " + pipeline));
        } else {
            invocation.console().table(table);
        }
        invocation.console().document(Map.of("runs", runs));
        return 0;
    }
}
