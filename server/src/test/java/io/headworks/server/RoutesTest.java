package io.headworks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.core.json.Json;
import io.headworks.server.Site.Answer;
import io.headworks.server.access.Role;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets through, for every route of the table. */
final class RoutesTest {
    @TempDir
    Path temporary;

    private Site site;

    @BeforeEach
    void serve() {
        site = new Site(temporary, "Orders.");
    }

    @AfterEach
    void stop() {
        site.close();
        assertThat(site.defects).isEmpty();
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static String path(Route route) {
        return route.path().replaceAll("\\{\\w+\\}", "x");
    }

    /** So that the answers to hundreds of requests come in one burst's room. */
    private Answer send(Route route, String path, String... headers) {
        site.pass(Duration.ofSeconds(1));
        return site.send(route.verb().name(), path, "", headers);
    }

    private List<Route> guarded() {
        return site.routes().stream()
                .filter(route -> route.role() != Role.ANYONE)
                .toList();
    }

    @Test
    void onlyWhatMustBeOpenIsOpen() {
        assertThat(site.routes().stream()
                        .filter(route -> route.role() == Role.ANYONE)
                        .map(route -> route.verb() + " " + route.path()))
                .containsExactlyInAnyOrder("GET /api/v1/health", "GET /login", "POST /login", "GET /assets/{name}");
        assertThat(guarded()).hasSizeGreaterThan(30);
        assertThat(site.routes().stream()
                        .filter(route -> route.verb().changes() && route.role().compareTo(Role.OPERATOR) < 0)
                        .map(Route::path))
                .as("changes that a viewer may ask for")
                .containsExactlyInAnyOrder("/login", "/logout");
    }

    @Test
    void withoutATokenNoRouteAnswers() {
        for (Route route : guarded()) {
            Answer answer = send(route, path(route));
            if (route.answer().isOfApi()) {
                assertThat(answer.status()).as(route.path()).isEqualTo(401);
                assertThat(answer.head()).contains("application/problem+json", "WWW-Authenticate: Bearer");
            } else {
                assertThat(answer.status()).as(route.path()).isEqualTo(303);
                assertThat(answer.head()).contains("Location: ", "/login");
                assertThat(answer.body()).isEqualTo("Redirected");
            }
        }
    }

    @Test
    void aTokenThatRanOutOrWasTakenBackOrIsWrongOpensNothing() {
        String ranOut = site.token(Role.ADMIN, Duration.ofHours(1));
        String takenBack = site.token(Role.ADMIN, null);
        site.tokens.revoke(site.tokens.list().stream()
                .filter(token -> token.expiresAt() == null)
                .findFirst()
                .orElseThrow()
                .id());
        site.pass(Duration.ofHours(2));
        for (Route route : guarded()) {
            for (String token : List.of(ranOut, takenBack, "guessed", "")) {
                // as much as refills the room for wrong tokens
                site.pass(Duration.ofMinutes(1));
                assertThat(send(route, path(route), bearer(token)).status())
                        .as(route.path())
                        .isIn(401, 303);
            }
        }
    }

    @Test
    void aLowerRoleIsRefused() {
        Map<Role, String> tokens = new LinkedHashMap<>();
        tokens.put(Role.VIEWER, site.token(Role.VIEWER, null));
        tokens.put(Role.OPERATOR, site.token(Role.OPERATOR, null));
        for (Route route : guarded()) {
            tokens.forEach((role, token) -> {
                int status = send(route, path(route), bearer(token)).status();
                if (role.includes(route.role())) {
                    assertThat(status).as(role + " " + route.path()).isNotIn(401, 403);
                } else {
                    assertThat(status).as(role + " " + route.path()).isEqualTo(403);
                }
            });
        }
    }

    @Test
    void anOddSpellingOfAPathOpensNothing() {
        for (Route route : guarded()) {
            String path = path(route);
            for (String odd : List.of(
                    path.replaceFirst("/", "//"),
                    path + ";x",
                    path.replaceFirst("/", "/;x/"),
                    path + "/",
                    path + "%2e",
                    "/." + path,
                    "/%2e" + path,
                    "/x/.." + path,
                    "/x/%2e%2e" + path,
                    path.toUpperCase(Locale.ROOT),
                    path.replace("/", "%2f"),
                    path + "%00",
                    path + "?role=admin")) {
                if (!odd.equals(path)) {
                    Answer answer = send(route, odd);
                    assertThat(answer.status()).as(route.verb() + " " + odd).isIn(303, 400, 401, 403, 404);
                    assertThat(answer.status() == 303 && !answer.head().contains("/login"))
                            .as(odd)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void anUnknownRouteOrVerbDoesNotAnswer() {
        String owner = bearer(site.ownersToken());
        assertThat(site.get("/api/v1/nothing", owner).status()).isEqualTo(404);
        for (String verb : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")) {
            assertThat(site.send(verb, "/api/v1/runs", "", owner).status())
                    .as(verb)
                    .isIn(400, 404, 405);
        }
    }

    @Test
    void guessesRunOut() {
        int last = 0;
        for (int i = 0; i < 40; i++) {
            last = site.get("/api/v1/runs", bearer("guess" + i)).status();
        }

        assertThat(last).isEqualTo(429);
        assertThat(site.get("/api/v1/runs", bearer(site.ownersToken())).status())
                .as("who has a token is not shut out by somebody's guesses")
                .isEqualTo(200);
    }

    @Test
    void aFlickerOfRequestsIsSlowedDown() {
        String owner = bearer(site.ownersToken());
        int last = 0;
        for (int i = 0; i < 305; i++) {
            last = site.get("/api/v1/health", owner).status();
        }

        assertThat(last).isEqualTo(429);
        site.pass(Duration.ofSeconds(1));
        assertThat(site.get("/api/v1/health", owner).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        Answer answer = site.send("POST", "/api/v1/tokens", " ".repeat(300 << 10), bearer(site.ownersToken()));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.head()).contains("application/problem+json");
    }

    @Test
    void theTokenIsInAFileOfItsOwner() throws Exception {
        Path file = temporary.resolve(".headworks/server/token");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file).strip()).isEqualTo(site.ownersToken()).hasSize(43);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new Site(temporary, "Orders."))
                .hasMessageContaining("others than its owner can use it")
                .hasMessageContaining("OTHERS_READ");
    }

    @Test
    void onlyLoopbackIsListenedOn() {
        assertThatThrownBy(() -> new ServerSettings("0.0.0.0", 0, false))
                .hasMessageContaining("Cannot listen on 0.0.0.0: tokens would cross the network unencrypted");
        assertThat(new ServerSettings("0.0.0.0", 0, true).behindProxy()).isTrue();
        assertThat(new ServerSettings("::1", 0, false).port()).isZero();
    }

    @Test
    void aFormOfAnotherPageChangesNothing() {
        String cookie = session();
        String csrf =
                site.get("/settings", cookie).body().replaceAll("(?s).*?name=\"csrf\" value=\"([^\"]+)\".*", "$1");
        String form = "Content-Type: application/x-www-form-urlencoded";
        String fields = "name=eve&role=admin";

        assertThat(site.send("POST", "/settings/tokens", fields, cookie, form).status())
                .isEqualTo(403);
        assertThat(site.send("POST", "/settings/tokens", fields + "&csrf=wrong", cookie, form)
                        .status())
                .isEqualTo(403);
        assertThat(site.tokens.list()).isEmpty();
        assertThat(site.send("POST", "/settings/tokens", fields + "&csrf=" + csrf, cookie, form)
                        .status())
                .isEqualTo(201);
        assertThat(site.tokens.list()).hasSize(1);
        assertThat(site.get("/api/v1/audit", cookie).body())
                .contains("give-token-form", "\"status\":\"403\"", "\"status\":\"201\"");
    }

    @Test
    void aSessionEnds() {
        String cookie = session();
        assertThat(site.get("/api/v1/runs", cookie).status()).isEqualTo(200);

        site.pass(Duration.ofHours(13));

        assertThat(site.get("/api/v1/runs", cookie).status()).isEqualTo(401);
    }

    private String session() {
        Answer login = site.get("/login?token=" + site.ownersToken());
        assertThat(login.status()).isEqualTo(303);
        String cookie = login.head().replaceAll("(?s).*Set-Cookie: (hw_session=[^;]+);([^\r]*).*", "$1");
        assertThat(login.head()).contains("HttpOnly", "SameSite=Lax");
        return "Cookie: " + cookie;
    }

    @Test
    void theDocumentOfTheApiNamesEveryRouteOfIt() {
        Map<String, Object> document = Json.readObject(
                site.get("/api/openapi.json", bearer(site.ownersToken())).body());
        Map<?, ?> paths = (Map<?, ?>) Objects.requireNonNull(document.get("paths"));

        for (Route route : site.routes()) {
            Map<?, ?> verbs = (Map<?, ?>) paths.get(route.path());
            if (route.answer().isOfApi()) {
                assertThat(Objects.requireNonNull(verbs).get(route.verb().key()))
                        .asString()
                        .contains(route.name());
            } else {
                assertThat(verbs).as(route.path()).isNull();
            }
        }
        assertThat(site.routes().stream().map(Route::name)).doesNotHaveDuplicates();
        assertThat(site.routes().stream().filter(route -> route.verb() == Verb.GET))
                .isNotEmpty();
    }
}
