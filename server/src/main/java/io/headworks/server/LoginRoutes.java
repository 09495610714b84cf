package io.headworks.server;

import io.headworks.server.access.Role;
import io.headworks.server.page.LoginPage;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A browser shows its token once and gets a session. */
final class LoginRoutes {
    private static final int SECONDS = 12 * 60 * 60;

    private final Gatekeeper gatekeeper;
    private final boolean overTls;

    LoginRoutes(Gatekeeper gatekeeper, boolean overTls) {
        this.gatekeeper = gatekeeper;
        this.overTls = overTls;
    }

    List<Route> all() {
        return List.of(
                Route.page(Verb.GET, "/login", Role.ANYONE, "show-login", this::show),
                Route.page(
                        Verb.POST, "/login", Role.ANYONE, "login", exchange -> open(exchange, exchange.form("token"))),
                Route.page(Verb.POST, "/logout", Role.VIEWER, "logout", this::close));
    }

    private void show(Exchange exchange) {
        String token = exchange.query("token");
        if (token == null) {
            exchange.page(200, LoginPage.html(""));
        } else {
            open(exchange, token);
        }
    }

    private void open(Exchange exchange, @Nullable String token) {
        Optional<String> session =
                token == null ? Optional.empty() : gatekeeper.login(token.strip(), exchange.context());
        if (session.isEmpty()) {
            exchange.page(401, LoginPage.html("That token opens nothing."));
            return;
        }
        exchange.context()
                .cookie(new Cookie(Gatekeeper.COOKIE, session.get(), "/", SECONDS, overTls, true, null, SameSite.LAX));
        exchange.goTo("/");
    }

    private void close(Exchange exchange) {
        gatekeeper.logout(exchange.context());
        exchange.context().removeCookie(Gatekeeper.COOKIE);
        exchange.goTo("/login");
    }
}
