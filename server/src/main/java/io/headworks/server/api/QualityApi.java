package io.headworks.server.api;

import io.headworks.core.service.Incidents;
import io.headworks.core.state.IncidentStore.Incident;
import io.headworks.server.access.Role;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Parameter;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wrong: incidents, and rows that were refused. */
public final class QualityApi {
    private final Platform platform;

    public QualityApi(Platform platform) {
        this.platform = platform;
    }

    public List<Route> routes() {
        return List.of(
                Route.document(
                        Verb.GET,
                        "/api/v1/incidents",
                        Role.VIEWER,
                        "list-incidents",
                        "What failing checks left to be done, worst first",
                        List.of(Parameter.query("all", "boolean", "true: closed ones too")),
                        this::incidents),
                Route.document(
                        Verb.POST,
                        "/api/v1/incidents/{id}/close",
                        Role.OPERATOR,
                        "close-incident",
                        "Closes an incident; what a P0 held goes on",
                        List.of(Parameter.body("why", "string", true, "The reason, which is kept")),
                        this::close),
                Route.document(
                        Verb.GET,
                        "/api/v1/dead-letters",
                        Role.VIEWER,
                        "count-dead-letters",
                        "Rows that newest runs refused, by pipeline, counted from what the state remembers",
                        List.of(),
                        exchange -> exchange.document(ProjectApi.map(
                                "pipelines",
                                platform.refusedRows().stream()
                                        .map(each -> each.document())
                                        .toList()))));
    }

    private void incidents(Exchange exchange) {
        boolean all = "true".equals(exchange.query("all"));
        exchange.document(ProjectApi.map(
                "incidents",
                platform.incidents().list(platform.environment(), all).stream()
                        .map(Incidents::document)
                        .toList()));
    }

    private void close(Exchange exchange) {
        Map<String, @Nullable Object> body = exchange.body(List.of("why"));
        Incident closed =
                platform.incidents().close(platform.environment(), exchange.path("id"), Exchange.required(body, "why"));
        exchange.document(ProjectApi.map("closed", closed.id()));
    }
}
