package io.headworks.server.page;

import io.headworks.core.state.IncidentStore.Incident;
import io.headworks.server.access.Role;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks of last runs, incidents, rows that were refused. */
public final class QualityPages {
    private final Platform platform;

    QualityPages(Platform platform) {
        this.platform = platform;
    }

    List<Route> routes() {
        return List.of(
                Route.page(Verb.GET, "/quality", Role.VIEWER, "quality", this::quality),
                Route.page(Verb.GET, "/incidents", Role.VIEWER, "incidents", this::incidents),
                Route.page(Verb.POST, "/incidents/{id}/close", Role.OPERATOR, "close-incident-form", this::close),
                Route.page(Verb.GET, "/dead-letters", Role.VIEWER, "dead-letters", this::deadLetters));
    }

    /** What the checks of a table's last run found. */
    public record Row(
            String dataset, String runId, String status, long passed, long failed, long warned, List<String> failing) {
        public Row {
            failing = List.copyOf(failing);
        }
    }

    private void quality(Exchange exchange) {
        List<Row> rows = new ArrayList<>();
        platform.memory().latest(platform.environment()).values().forEach(run -> rows.add(row(run)));
        rows.sort(Comparator.comparingLong(Row::failed).reversed().thenComparing(Row::dataset));
        exchange.page(
                200,
                Templates.render(
                        "quality", Map.of("frame", Frame.of("Quality", "quality", exchange, platform), "rows", rows)));
    }

    private static Row row(Map<String, @Nullable Object> run) {
        long passed = 0;
        long warned = 0;
        List<String> failing = new ArrayList<>();
        for (Map<String, @Nullable Object> check : Documents.list(run, "checks")) {
            switch (Documents.text(check, "status")) {
                case "passed" -> passed++;
                case "warned" -> warned++;
                default -> failing.add(Documents.text(check, "name"));
            }
        }
        return new Row(
                Documents.text(run, "dataset"),
                Documents.text(run, "run_id"),
                Documents.text(run, "status"),
                passed,
                failing.size(),
                warned,
                failing);
    }

    private void incidents(Exchange exchange) {
        boolean all = "true".equals(exchange.query("all"));
        List<Incident> incidents = platform.incidents().list(platform.environment(), all);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Incidents", "incidents", exchange, platform));
        values.put("incidents", incidents);
        values.put("all", all);
        values.put("now", platform.clock().instant());
        exchange.page(200, Templates.render("incidents", values));
    }

    private void close(Exchange exchange) {
        String why = exchange.form("why");
        if (why == null) {
            throw Refusal.wrong("Cannot close the incident: no reason is given", "say why, it is kept");
        }
        platform.incidents().close(platform.environment(), exchange.path("id"), why);
        exchange.goTo("/incidents");
    }

    private void deadLetters(Exchange exchange) {
        exchange.page(
                200,
                Templates.render(
                        "deadletters",
                        Map.of(
                                "frame", Frame.of("Dead letters", "dead-letters", exchange, platform),
                                "rows", platform.refusedRows())));
    }
}
