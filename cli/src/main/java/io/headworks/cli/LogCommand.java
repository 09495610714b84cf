package io.headworks.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all that is kept about a run. */
@Command(
        name = "log",
        description = "Show all that is kept about a run: stages, checks with failing rows, notes, plan",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw log 0192f3c4        a run by the beginning of its id",
            "  hw log orders          the newest run of a pipeline"
        })
final class LogCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            description = "The beginning of a run's id, or a pipeline's name for its newest run")
    private String run;

    @Option(names = "--plan", description = "With the plan the run was made from, as JSON")
    private boolean withPlan;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Map<String, @Nullable Object> found = invocation.memory().run(run);
        Map<String, @Nullable Object> plan =
                invocation.memory().plan(Documents.text(found, "run_id")).orElse(null);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run", found);
        document.put("plan", plan);
        show(found, invocation.console());
        if (withPlan && plan != null) {
            invocation.console().line("");
            invocation.console().line(io.headworks.core.json.Json.pretty(plan));
        }
        invocation.console().document(document);
        return 0;
    }

    private static void show(Map<String, @Nullable Object> run, Console console) {
        Colour colour = console.colour();
        console.line(colour.bold(Documents.text(run, "pipeline_name")) + " → " + Documents.text(run, "dataset") + "  "
                + colour.status(Documents.text(run, "status")));
        for (String key : List.of(
                "run_id",
                "started_at",
                "completed_at",
                "duration_seconds",
                "physical_plan",
                "nothing_to_do",
                "watermark_before",
                "watermark_after",
                "guarantee")) {
            if (!Documents.text(run, key).isEmpty()) {
                console.line(String.format("  %-18s%s", key.replace('_', ' '), shortened(Documents.text(run, key))));
            }
        }
        String variables = variables(run);
        if (!variables.isEmpty()) {
            console.line(String.format("  %-18s%s", "variables", shortened(variables)));
        }
        console.line(String.format(
                java.util.Locale.ROOT,
                "  %-18s%,d extracted, %,d inserted, %,d updated, %,d unchanged, %,d deleted, %,d rejected",
                "rows",
                Documents.number(run, "rows_extracted"),
                Documents.number(run, "rows_inserted"),
                Documents.number(run, "rows_updated"),
                Documents.number(run, "rows_unchanged"),
                Documents.number(run, "rows_deleted"),
                Documents.number(run, "rows_rejected")));
        Map<String, @Nullable Object> error = Documents.map(run, "error");
        String message = Documents.text(run, "error_message");
        if (!message.isEmpty()) {
            console.line("  " + colour.red("error") + " at " + Documents.text(run, "stage") + ": " + message);
            if (error != null && !Documents.text(error, "hint").isEmpty()) {
                console.line("    " + Documents.text(error, "hint"));
            }
        }
        if (run.get("notes") instanceof List<?> notes) {
            notes.forEach(note -> console.line("  note: " + note));
        }
        stages(run, console);
        checks(run, console);
    }

    private static String variables(Map<String, @Nullable Object> run) {
        Map<String, @Nullable Object> asked = Documents.map(run, "asked");
        Map<String, @Nullable Object> values = asked == null ? null : Documents.map(asked, "variables");
        StringJoiner text = new StringJoiner(", ");
        if (values != null) {
            values.forEach((name, value) -> text.add(name + "=" + value));
        }
        return text.toString();
    }

    private static void stages(Map<String, @Nullable Object> run, Console console) {
        TextTable table = new TextTable("STAGE", "DETAIL", "IN", "OUT", "REJECTED", "DROPPED", "SECONDS");
        for (Map<String, @Nullable Object> stage : Documents.list(run, "stages")) {
            table.row(
                    stage.get("name"),
                    stage.get("detail"),
                    stage.get("rows_in"),
                    stage.get("rows_out"),
                    stage.get("rows_rejected"),
                    stage.get("rows_dropped"),
                    stage.get("seconds"));
        }
        if (!table.isEmpty()) {
            console.line("");
            console.table(table);
        }
    }

    private static void checks(Map<String, @Nullable Object> run, Console console) {
        List<Map<String, @Nullable Object>> checks = Documents.list(run, "checks");
        if (checks.isEmpty()) {
            return;
        }
        console.line("");
        CheckLines.show(checks, console);
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 119) + "…";
    }
}
