package io.headworks.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.json.Json;
import io.headworks.core.state.StateDatabase;
import io.headworks.server.Site.Answer;
import io.headworks.server.access.Caller;
import io.headworks.server.access.Role;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in names, messages and rows, a page stays the page that it is. */
final class PagesTest {
    private static final String RUN = "0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a11";
    private static final String HOSTILE =
            "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)> {{7*7}} \u202e";

    @TempDir
    Path temporary;

    private Site site;
    private String owner;

    @BeforeEach
    void serve() throws SQLException {
        site = new Site(temporary, Json.compact(HOSTILE));
        owner = "Authorization: Bearer " + site.ownersToken();
        site.tokens.give(HOSTILE, Role.VIEWER, null, new Caller(HOSTILE, Role.ADMIN, null));
        keepRun();
    }

    @AfterEach
    void stop() {
        site.close();
        assertThat(site.defects).isEmpty();
    }

    /** A run and an incident with hostile texts wherever the state keeps texts. */
    private void keepRun() throws SQLException {
        Map<String, Object> run = new LinkedHashMap<>();
        for (String key : List.of(
                "pipeline_name",
                "dataset",
                "trigger",
                "stage",
                "error_message",
                "nothing_to_do",
                "watermark_before",
                "guarantee",
                "physical_plan",
                "plan_hash")) {
            run.put(key, HOSTILE);
        }
        run.put("run_id", RUN);
        run.put("environment", "default");
        run.put("status", "failed");
        run.put("started_at", "2026-03-01T09:00:00Z");
        run.put("completed_at", "2026-03-01T09:00:01Z");
        run.put("duration_seconds", 1);
        run.put("rows_rejected", 3);
        run.put("error", Map.of("hint", HOSTILE));
        run.put("notes", List.of(HOSTILE));
        run.put("stages", List.of(Map.of("name", HOSTILE, "detail", HOSTILE, "seconds", 1)));
        run.put(
                "checks",
                List.of(Map.of(
                        "name",
                        HOSTILE,
                        "status",
                        "failed",
                        "severity",
                        HOSTILE,
                        "observed",
                        HOSTILE,
                        "samples",
                        List.of(HOSTILE))));
        try (StateDatabase state = site.state.open();
                Connection session = state.home().open();
                PreparedStatement insert = session.prepareStatement(
                        "insert into run (run_id, pipeline, dataset, environment, status, started_at, completed_at,"
                                + " exit_code, pid, process_started_at, document) values (?, ?, ?, 'default', 'failed',"
                                + " '2026-03-01T09:00:00Z', '2026-03-01T09:00:01Z', 1, 1, '', ?)");
                PreparedStatement incident = session.prepareStatement("insert into incident values ('abc', 'default',"
                        + " ?, ?, ?, 'rule', 'P0', 'open', ?, 1, 2, ?, '2026-03-01T09:00:00Z',"
                        + " '2026-03-01T09:00:00Z', null, null, null)")) {
            insert.setString(1, RUN);
            insert.setString(2, HOSTILE);
            insert.setString(3, HOSTILE);
            insert.setString(4, Json.compact(run));
            insert.executeUpdate();
            for (int i : new int[] {1, 2, 3, 5}) {
                incident.setString(i, HOSTILE);
            }
            incident.setString(4, RUN);
            incident.executeUpdate();
        }
    }

    private String path(Route route) {
        return route.path()
                .replace("/pipelines/{name}", "/pipelines/orders")
                .replace("/runs/{id}", "/runs/" + RUN)
                .replaceAll("\\{\\w+\\}", "x");
    }

    @Test
    void hostileTextsComeOutAsTexts() {
        int pages = 0;
        int withHostile = 0;
        for (Route route : site.routes()) {
            if (route.verb() == Verb.GET && route.answer() == Route.Answer.PAGE) {
                site.pass(Duration.ofSeconds(1));
                String query = "?q=%3Cscript%3Ealert(4)%3C/script%3E&status=%22%3E%3Cscript%3E&name=warehouse:orders";
                for (String asked : List.of(path(route), path(route) + query)) {
                    Answer answer = site.get(asked, owner);
                    assertThat(answer.body())
                            .as(asked)
                            .startsWith("<!DOCTYPE html>")
                            .doesNotContain("<script>", "<img src=x", "<svg/onload", "onerror=alert(2)>\"", "\"'>");
                    assertThat(answer.head())
                            .contains("Content-Security-Policy: default-src 'none'; script-src 'self'");
                    withHostile += answer.body().contains("alert(1)") ? 1 : 0;
                }
                pages++;
            }
        }
        assertThat(pages).isGreaterThanOrEqualTo(11);
        assertThat(withHostile).as("pages that the hostile texts did reach").isGreaterThanOrEqualTo(12);
    }

    @Test
    void noPageCarriesAScriptOrAStyleOrAsksAnotherHost() {
        for (Route route : site.routes()) {
            if (route.verb() == Verb.GET && route.answer() == Route.Answer.PAGE) {
                site.pass(Duration.ofSeconds(1));
                String page = site.get(path(route), owner).body();
                assertThat(page).as(route.path()).doesNotContainPattern("<script(?! src=\"/assets/htmx.js\")");
                assertThat(page)
                        .as(route.path())
                        .doesNotContain(" style=", "<style", " onclick=", "href=\"http", "src=\"http", "javascript:");
            }
        }
    }

    @Test
    void pagesSayWhatTheyAre() {
        assertThat(site.get("/", owner).body())
                .contains("What needs you now", "Failing pipelines", "aria-current=\"page\"", "lang=\"en\"");
        assertThat(site.get("/pipelines", owner).body()).contains("orders", "never run", "warehouse:orders");
        assertThat(site.get("/pipelines/orders", owner).body())
                .contains("extract", "load, truncate-reload", "hw plan orders", "Run now", "pipelines/orders.yml");
        assertThat(site.get("/runs/" + RUN, owner).body()).contains("Retry what is left", "Rows", "failing rows");
        assertThat(site.get("/dataset?name=warehouse:orders", owner).body())
                .contains("Lineage", "landing:orders.csv", "hw check orders");
        assertThat(site.get("/nowhere", owner).status()).isEqualTo(404);
        assertThat(site.get("/assets/htmx.js").body()).contains("htmx");
        assertThat(site.get("/assets/..%2fServer.class").status()).isIn(400, 404);
    }

    @Test
    void anIncidentIsClosedWithAReason() {
        Answer refused = site.send("POST", "/api/v1/incidents/abc/close", "{}", owner);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("Cannot go on without why");

        assertThat(site.send("POST", "/api/v1/incidents/abc/close", "{\"why\": \"corrected\"}", owner)
                        .status())
                .isEqualTo(200);

        assertThat(site.get("/incidents", owner).body()).contains("Nothing is open");
        assertThat(site.get("/incidents?all=true", owner).body()).contains("corrected");
        assertThat(site.send("POST", "/api/v1/incidents/abc/close", "{\"why\": \"again\"}", owner)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theOverviewIsNotGreenWhileNothingIsVerified() throws SQLException {
        String fine = "no incident is open, and the last run of each pipeline that ran is a success";
        close("abc");
        assertThat(site.get("/", owner).body())
                .contains("the last run is failed")
                .doesNotContain(fine);

        set("update run set status = 'unverified'");
        assertThat(site.get("/", owner).body())
                .contains("the last run is unverified")
                .doesNotContain(fine);

        set("update run set status = 'success'");
        assertThat(site.get("/", owner).body()).contains(fine);

        set("delete from run");
        assertThat(site.get("/", owner).body()).contains("Nothing has run yet").doesNotContain(fine);
    }

    private void close(String incident) throws SQLException {
        set("update incident set status = 'closed' where incident_id = '" + incident + "'");
    }

    private void set(String sql) throws SQLException {
        try (StateDatabase state = site.state.open();
                Connection session = state.home().open();
                PreparedStatement statement = session.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    @Test
    void aViewerSeesNoButtons() {
        String viewer = "Authorization: Bearer " + site.token(Role.VIEWER, null);

        assertThat(site.get("/pipelines/orders", viewer).body()).doesNotContain("Run now");
        assertThat(site.get("/runs/" + RUN, viewer).body()).doesNotContain("Retry what is left");
        assertThat(site.get("/", viewer).body()).doesNotContain("Settings");
    }
}
