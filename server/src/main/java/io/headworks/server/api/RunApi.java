package io.headworks.server.api;

import io.headworks.core.state.RunLines;
import io.headworks.server.access.Role;
import io.headworks.server.process.RunRequest;
import io.headworks.server.process.Start;
import io.headworks.server.process.StartRuns;
import io.headworks.server.process.Starts;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Parameter;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs: listed, shown, started, cancelled, retried. */
public final class RunApi {
    private static final Parameter KEY = Parameter.header(
            "Idempotency-Key", "Any text: a request that comes again with it, within seven days, starts nothing again");
    private static final int LONGEST_KEY = 200;

    private final Platform platform;
    private final Starts starts;
    private final StartRuns startRuns;
    private final RunEvents events;

    public RunApi(Platform platform, Starts starts, StartRuns startRuns, RunEvents events) {
        this.platform = platform;
        this.starts = starts;
        this.startRuns = startRuns;
        this.events = events;
    }

    public List<Route> routes() {
        return List.of(
                Route.document(
                        Verb.GET,
                        "/api/v1/runs",
                        Role.VIEWER,
                        "list-runs",
                        "Runs, newest first, page by page",
                        List.of(
                                Parameter.query("pipeline", "string", "Only runs of this pipeline"),
                                Parameter.query("status", "string", "Only runs that stand so"),
                                Parameter.query("before", "string", "A run's id: only runs that began before it"),
                                Parameter.query("limit", "integer", "At most so many, 1 to 500; 50 unless told")),
                        this::list),
                Route.document(
                        Verb.GET,
                        "/api/v1/runs/{id}",
                        Role.VIEWER,
                        "show-run",
                        "The document of a run, as hw log --output json writes it",
                        List.of(),
                        exchange -> exchange.document(document(exchange.path("id")))),
                new Route(
                        Verb.GET,
                        "/api/v1/runs/{id}/events",
                        Role.VIEWER,
                        Route.Answer.STREAM,
                        "watch-run",
                        "The document of a run, each time it changes, until the run is over",
                        List.of(),
                        events::watch),
                Route.document(
                        Verb.POST,
                        "/api/v1/runs",
                        Role.OPERATOR,
                        "start-runs",
                        "Starts a process that runs these pipelines",
                        startParameters(),
                        this::start),
                Route.document(
                        Verb.POST,
                        "/api/v1/runs/{id}/cancel",
                        Role.OPERATOR,
                        "cancel-run",
                        "Asks the process of a run to stop; what it began is rolled back",
                        List.of(),
                        this::cancel),
                Route.document(
                        Verb.POST,
                        "/api/v1/runs/{id}/retry",
                        Role.OPERATOR,
                        "retry-run",
                        "Starts a process that does what is left of what one command asked for",
                        List.of(KEY),
                        this::retry),
                Route.document(
                        Verb.GET,
                        "/api/v1/starts/{id}",
                        Role.VIEWER,
                        "show-start",
                        "A process that a request started: its runs, what it said, how it ended",
                        List.of(),
                        this::startDocument));
    }

    private static List<Parameter> startParameters() {
        return List.of(
                KEY,
                Parameter.body("pipelines", "array", true, "Names of pipelines"),
                Parameter.body("from", "string", false, "The beginning of a window, as hw run --from takes it"),
                Parameter.body("to", "string", false, "The end of the window"),
                Parameter.body("full_refresh", "boolean", false, "Load everything anew"),
                Parameter.body("variables", "object", false, "Values of the project's variables for these runs"));
    }

    private void list(Exchange exchange) {
        int limit = exchange.limit(50);
        List<RunLines.Line> runs = platform.memory()
                .lines(new RunLines.Page(
                        platform.environment(),
                        exchange.query("pipeline"),
                        exchange.query("status"),
                        exchange.query("before"),
                        limit + 1));
        boolean more = runs.size() > limit;
        List<RunLines.Line> page = more ? runs.subList(0, limit) : runs;
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("runs", page.stream().map(RunApi::line).toList());
        tree.put("next_before", more ? page.get(page.size() - 1).runId() : null);
        exchange.document(tree);
    }

    /** A run in a list. */
    static Map<String, @Nullable Object> line(RunLines.Line run) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("run_id", run.runId());
        tree.put("pipeline_name", run.pipeline());
        tree.put("dataset", run.dataset());
        tree.put("status", run.status());
        tree.put("started_at", run.startedAt());
        tree.put("completed_at", run.completedAt());
        tree.put("duration_seconds", run.seconds());
        return tree;
    }

    private Map<String, @Nullable Object> document(String id) {
        return platform.run(id);
    }

    private void start(Exchange exchange) {
        Map<String, @Nullable Object> body =
                exchange.body(List.of("pipelines", "from", "to", "full_refresh", "variables"));
        RunRequest request = new RunRequest(
                pipelines(body.get("pipelines")),
                Exchange.text(body, "from"),
                Exchange.text(body, "to"),
                Exchange.flag(body, "full_refresh"),
                variables(body.get("variables")));
        request.pipelines().forEach(platform::pipeline);
        accepted(exchange, startRuns.run(request, exchange.caller().name(), key(exchange)));
    }

    private static List<String> pipelines(@Nullable Object value) {
        List<String> names = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (!(each instanceof String name)) {
                    throw Refusal.wrong("Cannot run pipelines: " + each + " is no name", "send a list of names");
                }
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            throw Refusal.wrong("Cannot run pipelines: none is named", "send {\"pipelines\": [\"orders\"]}");
        }
        return names;
    }

    private static Map<String, String> variables(@Nullable Object value) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, text) -> variables.put(String.valueOf(name), String.valueOf(text)));
        } else if (value != null) {
            throw Refusal.wrong("Cannot use variables: they are no object", "send {\"variables\": {\"day\": \"…\"}}");
        }
        return variables;
    }

    private void cancel(Exchange exchange) {
        String id = String.valueOf(document(exchange.path("id")).get("run_id"));
        platform.memory().cancel(id);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("run_id", id);
        tree.put("cancelling", true);
        exchange.document(202, tree);
    }

    private void retry(Exchange exchange) {
        String id = String.valueOf(document(exchange.path("id")).get("run_id"));
        accepted(exchange, startRuns.retry(id, exchange.caller().name(), key(exchange)));
    }

    private static @Nullable String key(Exchange exchange) {
        String key = exchange.context().header("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return null;
        }
        if (key.length() > LONGEST_KEY) {
            throw Refusal.wrong("Cannot use Idempotency-Key: it has more than " + LONGEST_KEY + " characters", null);
        }
        return key;
    }

    private static void accepted(Exchange exchange, Map<String, @Nullable Object> start) {
        exchange.context().header("Location", "/api/v1/starts/" + start.get("start_id"));
        exchange.document(202, start);
    }

    private void startDocument(Exchange exchange) {
        String id = exchange.path("id");
        Start start = starts.find(id)
                .orElseThrow(() -> Refusal.notFound("Cannot find start '" + id + "'", "POST /api/v1/runs answers ids"));
        Map<String, @Nullable Object> tree = start.document();
        tree.put("alive", start.isAlive());
        tree.put(
                "runs",
                platform.memory().ofProcess(start.pid(), start.processStartedAt()).stream()
                        .map(RunApi::line)
                        .toList());
        tree.put("output", platform.masker().mask(starts.said(start)));
        exchange.document(tree);
    }
}
