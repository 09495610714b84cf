package io.headworks.server.page;

import io.headworks.core.ledger.RunIds;
import io.headworks.core.state.RunLines.Line;
import io.headworks.core.state.RunLines.Page;
import io.headworks.server.access.Role;
import io.headworks.server.process.Start;
import io.headworks.server.process.StartRuns;
import io.headworks.server.process.Starts;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs: listed, shown while they go on, stopped and tried again. */
final class RunPages {
    private static final int A_PAGE = 50;

    private final Platform platform;
    private final Starts starts;
    private final StartRuns startRuns;

    RunPages(Platform platform, Starts starts, StartRuns startRuns) {
        this.platform = platform;
        this.starts = starts;
        this.startRuns = startRuns;
    }

    List<Route> routes() {
        return List.of(
                Route.page(Verb.GET, "/runs", Role.VIEWER, "runs", this::list),
                Route.page(Verb.GET, "/runs/{id}", Role.VIEWER, "run", this::show),
                Route.page(Verb.POST, "/runs/{id}/cancel", Role.OPERATOR, "cancel-run-form", this::cancel),
                Route.page(Verb.POST, "/runs/{id}/retry", Role.OPERATOR, "retry-run-form", this::retry),
                Route.page(Verb.GET, "/starts/{id}", Role.VIEWER, "start", this::start));
    }

    private void list(Exchange exchange) {
        String status = Objects.requireNonNullElse(exchange.query("status"), "");
        String pipeline = Objects.requireNonNullElse(exchange.query("pipeline"), "");
        List<Line> found = platform.memory()
                .lines(new Page(
                        platform.environment(),
                        pipeline.isEmpty() ? null : pipeline,
                        status.isEmpty() ? null : status,
                        exchange.query("before"),
                        A_PAGE + 1));
        boolean more = found.size() > A_PAGE;
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Runs", "runs", exchange, platform));
        values.put("runs", more ? found.subList(0, A_PAGE) : found);
        values.put("status", status);
        values.put("pipeline", pipeline);
        values.put("before", more ? found.get(A_PAGE - 1).runId() : "");
        exchange.page(200, Templates.render("runs", values));
    }

    private void show(Exchange exchange) {
        RunView run = RunView.of(platform.run(exchange.path("id")));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Run of " + run.text("pipeline_name"), "runs", exchange, platform));
        values.put("view", run);
        values.put("key", RunIds.next(platform.clock().instant()));
        exchange.page(200, Templates.render("run", values));
    }

    private void cancel(Exchange exchange) {
        String id = id(exchange);
        platform.memory().cancel(id);
        exchange.goTo(Show.run(id));
    }

    private void retry(Exchange exchange) {
        Map<String, @Nullable Object> start =
                startRuns.retry(id(exchange), exchange.caller().name(), exchange.form("key"));
        exchange.goTo("/starts/" + start.get("start_id"));
    }

    private String id(Exchange exchange) {
        return String.valueOf(platform.run(exchange.path("id")).get("run_id"));
    }

    private void start(Exchange exchange) {
        String id = exchange.path("id");
        Start start = starts.find(id)
                .orElseThrow(() -> Refusal.notFound("Cannot find start '" + id + "'", "the list of runs has its runs"));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Started", "runs", exchange, platform));
        values.put("start", start);
        values.put("runs", platform.memory().ofProcess(start.pid(), start.processStartedAt()));
        values.put("output", platform.masker().mask(starts.said(start)));
        exchange.page(200, Templates.render("start", values));
    }
}
