package io.headworks.cli;

import io.headworks.core.service.StatusOfPipelines;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How each pipeline stands. */
@Command(
        name = "status",
        description = "Show how each pipeline stands: its last run and how far its data goes",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw status", "  hw status --output json"})
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Map<String, @Nullable Object> document =
                new StatusOfPipelines(invocation.memory(), invocation.projectOfFiles()).document();
        TextTable table = new TextTable(
                        "PIPELINE", "LAST RUN", "STARTED (UTC)", "SECONDS", "LOADED", "REJECTED", "POSITION")
                .status(1);
        for (Map<String, @Nullable Object> pipeline : Documents.list(document, "pipelines")) {
            Map<String, @Nullable Object> run = Documents.map(pipeline, "last_run");
            if (run == null) {
                table.row(pipeline.get("name"), "never run", null, null, null, null, pipeline.get("position"));
            } else {
                table.row(
                        pipeline.get("name"),
                        run.get("status"),
                        Documents.time(run, "started_at"),
                        run.get("duration_seconds"),
                        run.get("rows_loaded"),
                        run.get("rows_rejected"),
                        pipeline.get("position"));
            }
        }
        invocation.console().table(table);
        for (Map<String, @Nullable Object> pipeline : Documents.list(document, "pipelines")) {
            Map<String, @Nullable Object> kept = Documents.map(pipeline, "kept_batch");
            if (kept != null) {
                invocation
                        .console()
                        .line(pipeline.get("name") + ": a stopped batch of " + kept.get("rows")
                                + " rows is kept until " + Documents.time(kept, "until") + " UTC: hw run --retry "
                                + kept.get("run_id") + " --override-gate REASON publishes it");
            }
        }
        invocation.console().document(document);
        return 0;
    }
}
