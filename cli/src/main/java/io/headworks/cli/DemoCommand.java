package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.run.Cancellation;
import io.headworks.core.record.RunDocument;
import io.headworks.core.record.RunRecord;
import io.headworks.core.run.GraphRun;
import io.headworks.core.run.RunEvents;
import io.headworks.core.run.RunSettings;
import io.headworks.core.service.DeadLetters;
import io.headworks.core.service.DemoProject;
import io.headworks.core.service.QueryData;
import io.headworks.core.service.RowTable;
import io.headworks.core.service.RunPipelines;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The reference project from nothing to a result, in three acts. */
@Command(
        name = "demo",
        description = "Load, check and query real flights with the reference project, from nothing",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hw demo", "  hw demo /tmp/flights"})
final class DemoCommand implements Callable<Integer> {
    private static final String QUESTION = "select origin, count(*) as days, sum(flight_count) as flights,"
            + " round(100.0 * sum(late_count) / sum(flight_count), 1) as late_percent"
            + " from mrt_daily_delays group by origin order by flights desc, origin limit 8";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where to put it (default: headworks-demo)")
    private Path folder = Path.of("headworks-demo");

    private final List<Object> acts = new ArrayList<>();
    private int worst;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        Console console = invocation.console();
        DemoProject demo = new DemoProject(reference(), folder);
        demo.prepare();
        console.line("US flights of 2001, in " + folder + ": airports, flights, delays per day (see pipelines/).");
        invocation.options().project = folder;
        Project project = invocation.project();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("folder", folder.toString());
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation)) {
            act("Act 1: the first load of three months", invocation, project, cancellation);
            act("Act 2: the same again; nothing is new, so nothing is done", invocation, project, cancellation);
            String arrived = String.join(", ", demo.newFilesArrive());
            act("Act 3: " + arrived + " arrives; only that month is loaded", invocation, project, cancellation);
            try (Workbench bench = new Workbench(invocation.setup(), project, cancellation)) {
                result(bench, console, document);
                refused(bench, console, document);
            }
        }
        document.put("acts", acts);
        next(console);
        console.document(document);
        return worst;
    }

    private static Path reference() {
        String home = System.getProperty("headworks.home");
        if (home == null) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot find the reference project: headworks.home is not set");
        }
        return Path.of(home).resolve("examples").resolve("flights");
    }

    private void act(String title, Invocation invocation, Project project, Cancellation cancellation) {
        cancellation.check();
        Console console = invocation.console();
        console.line("");
        console.line(console.colour().bold(title));
        GraphRun.Outcome outcome;
        try (Progress progress = Progress.on(console, RunEvents.NONE)) {
            outcome = new RunPipelines(invocation.setup(), project)
                    .run(project.pipelines(), pipeline -> RunSettings.LIVE, 2, progress, cancellation);
        }
        outcome.records().forEach(run -> console.line("  " + RunLines.summary(run, console.colour())));
        outcome.skipped().forEach((name, why) -> console.line("  " + name + " skipped: " + why));
        Map<String, Object> act = new LinkedHashMap<>();
        act.put("title", title);
        act.put("runs", outcome.records().stream().map(RunDocument::of).toList());
        acts.add(act);
        int exitCode = RunPipelines.exitCode(outcome);
        if (exitCode != 0) {
            outcome.records().stream()
                    .map(RunRecord::failure)
                    .filter(java.util.Objects::nonNull)
                    .forEach(failure -> console.line("  " + failure.message()));
            worst = worst == 0 ? exitCode : worst;
        }
    }

    private static void result(Workbench bench, Console console, Map<String, @Nullable Object> document) {
        console.line("");
        console.line(console.colour().bold("The result"));
        RowTable answer = new QueryData(bench, null).run(QUESTION, 8);
        TextTable table = new TextTable(answer.schema().names());
        answer.rows().forEach((List<? extends @Nullable Object> row) -> table.row(row));
        console.table(table);
        document.put("result", answer.document());
    }

    private static void refused(Workbench bench, Console console, Map<String, @Nullable Object> document) {
        List<DeadLetter> letters = new DeadLetters(bench).list(bench.project().pipelines(), false, 1000);
        document.put("dead_letters", letters.size());
        console.line("");
        console.line(letters.size() + (letters.size() == 1 ? " row was" : " rows were")
                + " refused, and kept with the reason"
                + (letters.isEmpty() ? "" : ", as: " + letters.get(0).reason()));
    }

    private void next(Console console) {
        console.line("");
        console.line("Look further:  cd " + folder);
        console.line("  hw status                 how each pipeline stands");
        console.line("  hw log flights            stages, checks with failing rows");
        console.line("  hw deadletter list        rows that were refused");
        console.line("  hw plan flights --sql     what the next run would do, and its SQL");
        console.line("  hw query \"select * from fct_flights limit 5\"");
    }
}
