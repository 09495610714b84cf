package io.headworks.server.page;

import io.headworks.server.access.Audit;
import io.headworks.server.access.Tokens;
import io.headworks.server.process.StartRuns;
import io.headworks.server.process.Starts;
import io.headworks.server.route.Route;
import io.headworks.server.view.Platform;
import java.util.ArrayList;
import java.util.List;

/** All pages. */
public final class Pages {

    private Pages() {}

    public static List<Route> routes(
            Platform platform, Tokens tokens, Audit audit, Starts starts, StartRuns startRuns) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new OverviewPage(platform).routes());
        routes.addAll(new PipelinePages(platform, startRuns).routes());
        routes.addAll(new RunPages(platform, starts, startRuns).routes());
        routes.addAll(new DatasetPages(platform).routes());
        routes.addAll(new QualityPages(platform).routes());
        routes.addAll(new SettingsPage(platform, tokens, audit).routes());
        routes.addAll(new Assets().routes());
        return routes;
    }
}
