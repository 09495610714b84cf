package io.headworks.server;

import io.headworks.server.access.Audit;
import io.headworks.server.access.Role;
import io.headworks.server.access.Tokens;
import io.headworks.server.api.AccessApi;
import io.headworks.server.api.ProjectApi;
import io.headworks.server.api.QualityApi;
import io.headworks.server.api.RunApi;
import io.headworks.server.api.RunEvents;
import io.headworks.server.page.Pages;
import io.headworks.server.process.StartRuns;
import io.headworks.server.process.Starts;
import io.headworks.server.route.OpenApi;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.ArrayList;
import java.util.List;

/** Every route there is. Whatever is not here is not answered. */
final class RouteTable {
    private final List<Route> routes = new ArrayList<>();

    RouteTable(
            Platform platform,
            Tokens tokens,
            Audit audit,
            Starts starts,
            StartRuns startRuns,
            RunEvents events,
            Gatekeeper gatekeeper,
            ServerSettings settings) {
        routes.addAll(new ProjectApi(platform).routes());
        routes.addAll(new RunApi(platform, starts, startRuns, events).routes());
        routes.addAll(new QualityApi(platform).routes());
        routes.addAll(new AccessApi(tokens, audit).routes());
        routes.add(Route.document(
                Verb.GET,
                "/api/openapi.json",
                Role.VIEWER,
                "openapi",
                "This document",
                List.of(),
                exchange -> exchange.document(OpenApi.document(routes, platform.version()))));
        routes.addAll(Pages.routes(platform, tokens, audit, starts, startRuns));
        routes.addAll(new LoginRoutes(gatekeeper, settings.behindProxy()).all());
    }

    List<Route> all() {
        return List.copyOf(routes);
    }
}
