package io.headworks.server.page;

import io.headworks.api.check.Check;
import io.headworks.api.transform.Stage;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.service.PipelineDocument;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.RunLines.Line;
import io.headworks.core.state.RunLines.Page;
import io.headworks.server.access.Role;
import io.headworks.server.page.Diagram.Label;
import io.headworks.server.process.RunRequest;
import io.headworks.server.process.StartRuns;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pipelines: how each stands, what it is, what it did. */
public final class PipelinePages {
    private static final int A_PAGE = 50;
    private static final int STRIP_RUNS = 14;
    private static final int HISTORY_RUNS = 40;

    private final Platform platform;
    private final StartRuns startRuns;

    PipelinePages(Platform platform, StartRuns startRuns) {
        this.platform = platform;
        this.startRuns = startRuns;
    }

    List<Route> routes() {
        return List.of(
                Route.page(Verb.GET, "/pipelines", Role.VIEWER, "pipelines", this::list),
                Route.page(Verb.GET, "/pipelines/{name}", Role.VIEWER, "pipeline", this::show),
                Route.page(Verb.POST, "/pipelines/{name}/run", Role.OPERATOR, "run-pipeline", this::run));
    }

    /** A pipeline in the list; the last run null when there was none. */
    public record Row(
            PipelineSpec pipeline,
            String schedule,
            @Nullable Line last,
            Strip strip) {}

    private void list(Exchange exchange) {
        Project project = platform.project();
        String environment = project.environment().name();
        String search = Objects.requireNonNullElse(exchange.query("q"), "");
        String status = Objects.requireNonNullElse(exchange.query("status"), "");
        Map<String, Line> latest = platform.memory().latestLines(environment);
        List<PipelineSpec> found = project.pipelines().stream()
                .filter(each -> fits(each, search) && stands(latest.get(each.name()), status))
                .toList();
        int page = Math.min(pageNumber(exchange), Math.max(0, (found.size() - 1) / A_PAGE));
        List<PipelineSpec> shown = found.subList(page * A_PAGE, Math.min(found.size(), (page + 1) * A_PAGE));
        Map<String, List<Line>> strips = platform.memory()
                .newestOfEach(
                        environment, shown.stream().map(PipelineSpec::name).toList(), STRIP_RUNS);
        List<Row> rows = new ArrayList<>();
        for (PipelineSpec each : shown) {
            rows.add(new Row(
                    each,
                    String.valueOf(PipelineDocument.of(project, each).get("schedule")),
                    latest.get(each.name()),
                    Strip.of(strips.getOrDefault(each.name(), List.of()), 8, 22)));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Pipelines", "pipelines", exchange, platform));
        values.put("rows", rows);
        values.put("search", search);
        values.put("status", status);
        values.put("page", page);
        values.put("found", found.size());
        values.put("more", (page + 1) * A_PAGE < found.size());
        values.put("now", platform.clock().instant());
        exchange.page(200, Templates.render("pipelines", values));
    }

    private static int pageNumber(Exchange exchange) {
        String page = exchange.query("page");
        return page != null && page.matches("\\d{1,4}") ? Integer.parseInt(page) : 0;
    }

    private static boolean fits(PipelineSpec pipeline, String search) {
        String text = pipeline.name() + " " + pipeline.writes() + " " + pipeline.owner() + " " + pipeline.tags();
        return text.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }

    private static boolean stands(@Nullable Line last, String status) {
        return status.isEmpty()
                || (last == null ? status.equals("never") : last.status().equals(status));
    }

    private void show(Exchange exchange) {
        Project project = platform.project();
        PipelineSpec pipeline = platform.pipeline(exchange.path("name"));
        List<Line> runs = platform.memory()
                .lines(new Page(project.environment().name(), pipeline.name(), null, null, HISTORY_RUNS));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of(pipeline.name(), "pipelines", exchange, platform));
        values.put("pipeline", pipeline);
        values.put("definition", masked(PipelineDocument.resolved(project, pipeline)));
        values.put("diagram", diagram(project, pipeline));
        values.put("runs", runs);
        values.put("strip", Strip.of(runs, 14, 64));
        // a button that is pressed twice starts one run
        values.put("key", RunIds.next(platform.clock().instant()));
        exchange.page(200, Templates.render("pipeline", values));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> masked(Map<String, @Nullable Object> tree) {
        return (Map<String, Object>) Objects.requireNonNull(platform.masker().maskTree(tree));
    }

    private static Diagram diagram(Project project, PipelineSpec pipeline) {
        List<List<Label>> columns = new ArrayList<>();
        columns.add(List.of(new Label("extract", PipelineDocument.source(project, pipeline), "", "")));
        for (Stage stage : pipeline.stages()) {
            int operations = stage.operations().size();
            columns.add(List.of(
                    new Label(stage.name(), operations + (operations == 1 ? " operation" : " operations"), "", "")));
        }
        gate(columns, "checks before the load", pipeline.preLoad());
        columns.add(List.of(new Label(
                "load, " + pipeline.load().strategy().key(),
                pipeline.writes().toString(),
                Show.dataset(pipeline.writes().toString()),
                "target")));
        gate(columns, "checks after it", pipeline.postLoad());
        return Diagram.of(columns);
    }

    private static void gate(List<List<Label>> columns, String name, List<Check> checks) {
        if (!checks.isEmpty()) {
            columns.add(
                    List.of(new Label(name, checks.size() + (checks.size() == 1 ? " check" : " checks"), "", "gate")));
        }
    }

    private void run(Exchange exchange) {
        PipelineSpec pipeline = platform.pipeline(exchange.path("name"));
        Map<String, @Nullable Object> start =
                startRuns.run(RunRequest.of(pipeline.name()), exchange.caller().name(), exchange.form("key"));
        exchange.goTo("/starts/" + start.get("start_id"));
    }
}
