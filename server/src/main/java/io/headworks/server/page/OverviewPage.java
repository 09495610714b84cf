package io.headworks.server.page;

import io.headworks.core.state.IncidentStore.Incident;
import io.headworks.core.state.RunLines.Line;
import io.headworks.core.state.RunLines.Page;
import io.headworks.server.access.Role;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What needs somebody now. */
public final class OverviewPage {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int RUNS_LOOKED_AT = 1_000;
    private static final int NEWEST = 12;
    private static final Set<String> UNDER_WAY = Set.of("queued", "running");
    /** What was loaded without a check is not known to be right. */
    private static final String GOOD = "success";

    private final Platform platform;

    OverviewPage(Platform platform) {
        this.platform = platform;
    }

    List<Route> routes() {
        return List.of(Route.page(Verb.GET, "/", Role.VIEWER, "overview", this::show));
    }

    private void show(Exchange exchange) {
        String environment = platform.environment();
        Instant now = platform.clock().instant();
        Map<String, Line> latest = platform.memory().latestLines(environment);
        List<Incident> incidents = platform.incidents().list(environment, false);
        List<Line> newest = platform.memory().lines(new Page(environment, null, null, null, RUNS_LOOKED_AT));
        List<Line> ofDay = newest.stream()
                .filter(run -> Instant.parse(run.startedAt()).isAfter(now.minus(DAY)))
                .toList();
        exchange.page(
                200,
                Templates.render(
                        "overview",
                        Map.of(
                                "frame", Frame.of("Overview", "overview", exchange, platform),
                                "needs", needs(latest.values(), incidents, now),
                                "figures", figures(latest.values(), incidents, ofDay),
                                "running",
                                        latest.values().stream()
                                                .filter(run -> UNDER_WAY.contains(run.status()))
                                                .toList(),
                                "anyRun", !latest.isEmpty(),
                                "newest", newest.subList(0, Math.min(NEWEST, newest.size())),
                                "now", now)));
    }

    private static List<Need> needs(Collection<Line> latest, List<Incident> incidents, Instant now) {
        List<Need> needs = new ArrayList<>();
        for (Incident each : incidents) {
            if (each.status().equals("open")) {
                needs.add(new Need(
                        "bad",
                        each.severity(),
                        each.check() + " of " + each.dataset() + " fails",
                        Show.number(each.failingRows()) + " rows, " + each.times() + " times, opened "
                                + Show.ago(each.openedAt(), now),
                        "/incidents#" + each.id()));
            }
        }
        for (Line run : latest) {
            if (!GOOD.equals(run.status()) && !UNDER_WAY.contains(run.status())) {
                needs.add(new Need(
                        run.status().equals("failed") ? "bad" : "warn",
                        run.status(),
                        run.pipeline() + ": the last run is " + run.status(),
                        Show.ago(run.startedAt(), now) + ", into " + run.dataset(),
                        Show.run(run.runId())));
            }
        }
        return needs;
    }

    private List<Figure> figures(Collection<Line> latest, List<Incident> incidents, List<Line> ofDay) {
        long ended =
                ofDay.stream().filter(run -> !UNDER_WAY.contains(run.status())).count();
        long good = ofDay.stream().filter(run -> GOOD.equals(run.status())).count();
        long failing =
                latest.stream().filter(run -> run.status().equals("failed")).count();
        long unverified =
                latest.stream().filter(run -> run.status().equals("unverified")).count();
        long open =
                incidents.stream().filter(each -> each.status().equals("open")).count();
        int pipelines = platform.project().pipelines().size();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("Pipelines", String.valueOf(pipelines), latest.size() + " have run", "", "/pipelines"));
        figures.add(new Figure(
                "Runs that succeeded, 24 h",
                ended == 0 ? "–" : Math.floorDiv(good * 100, ended) + " %",
                good + " of " + ended,
                ended > good ? "warn" : "",
                "/runs"));
        figures.add(new Figure(
                "Failing pipelines",
                String.valueOf(failing),
                "by their last run",
                failing > 0 ? "bad" : "",
                "/pipelines?status=failed"));
        figures.add(new Figure(
                "Open incidents",
                String.valueOf(open),
                incidents.size() - open + " in the backlog",
                open > 0 ? "bad" : "",
                "/incidents"));
        figures.add(new Figure(
                "Unverified",
                String.valueOf(unverified),
                "loaded without a check",
                unverified > 0 ? "warn" : "",
                "/pipelines?status=unverified"));
        return figures;
    }

    /** Something to do. */
    public record Need(String level, String badge, String what, String detail, String href) {}

    /** A number, what it means, and where it comes from. */
    public record Figure(String name, String value, String detail, String level, String href) {}
}
