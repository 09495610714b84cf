package io.headworks.cli;

import io.headworks.core.service.ScoreDatasets;
import io.headworks.core.service.ScoreDatasets.Scored;
import io.headworks.core.spec.Project;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how good tables are. */
@Command(
        name = "score",
        description = {
            "Say how good tables are, from 0 to 100, by what their checks found last.",
            "No data is read. docs/quality-score.md has the formula."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw score                          every table that is checked, worst first",
            "  hw score fct_orders               with the days before",
            "  hw score fct_orders --output json",
        })
final class ScoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "[connection:][schema.]table (default: all)")
    private @Nullable String table;

    @Option(
            names = "--days",
            paramLabel = "N",
            converter = NumberArgument.Positive.class,
            description = "So many days of history (default: 30)")
    private int days = 30;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Project project = invocation.projectOfFiles();
        List<Scored> scored = new ScoreDatasets(
                        project, invocation.state(), invocation.setup().clock())
                .run(table, days);
        Console console = invocation.console();
        if (scored.isEmpty()) {
            console.line("no score: no check of " + (table == null ? "any table" : table)
                    + " found anything to look at yet (hw check, hw quality TABLE --write)");
        } else {
            show(scored, console);
        }
        console.document(Map.of("scores", scored.stream().map(Scored::document).toList()));
        return 0;
    }

    private void show(List<Scored> scored, Console console) {
        TextTable scores = new TextTable("DATASET", "SCORE", "IN 7 DAYS", "CHECKS", "BY DIMENSION");
        scored.forEach(each -> scores.row(
                each.dataset(),
                each.score().score(),
                trend(each.trend()),
                each.score().checks(),
                each.score().dimensions().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))));
        console.table(scores);
        if (table != null) {
            TextTable history = new TextTable("DAY (UTC)", "SCORE", "CHECKS");
            scored.forEach(each -> each.history()
                    .forEach(point -> history.row(
                            point.day(), point.score().score(), point.score().checks())));
            console.line("");
            console.table(history);
        }
    }

    private static String trend(@Nullable BigDecimal trend) {
        return trend == null ? "" : trend.signum() > 0 ? "+" + trend : trend.toString();
    }
}
