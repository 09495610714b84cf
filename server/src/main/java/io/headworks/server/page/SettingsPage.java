package io.headworks.server.page;

import io.headworks.server.access.Audit;
import io.headworks.server.access.Role;
import io.headworks.server.access.Tokens;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may do what, and who did. */
final class SettingsPage {
    private static final int ENTRIES = 50;

    private final Platform platform;
    private final Tokens tokens;
    private final Audit audit;

    SettingsPage(Platform platform, Tokens tokens, Audit audit) {
        this.platform = platform;
        this.tokens = tokens;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.page(Verb.GET, "/settings", Role.ADMIN, "settings", exchange -> show(exchange, 200, "")),
                Route.page(Verb.POST, "/settings/tokens", Role.ADMIN, "give-token-form", this::give),
                Route.page(Verb.POST, "/settings/tokens/{id}/revoke", Role.ADMIN, "revoke-token-form", this::revoke));
    }

    private void show(Exchange exchange, int status, String secret) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Settings", "settings", exchange, platform));
        values.put("tokens", tokens.list());
        values.put("entries", audit.newest(ENTRIES));
        values.put("secret", secret);
        values.put("place", platform.state().home().place());
        values.put("now", platform.clock().instant());
        exchange.page(status, Templates.render("settings", values));
    }

    private void give(Exchange exchange) {
        String name = exchange.form("name");
        Role role = Role.of(String.valueOf(exchange.form("role")))
                .orElseThrow(() -> Refusal.wrong("Cannot give that role (allowed: " + Role.allowed() + ")", null));
        if (name == null || name.length() > 100 || name.equals(Tokens.OWNER)) {
            throw Refusal.wrong(
                    "Cannot give a token to that name (allowed: up to 100 characters, not " + Tokens.OWNER + ")", null);
        }
        show(exchange, 201, tokens.give(name, role, null, exchange.caller()).secret());
    }

    private void revoke(Exchange exchange) {
        String id = exchange.path("id");
        if (!tokens.revoke(id)) {
            throw Refusal.notFound("Cannot revoke token '" + id + "': there is none, or it is revoked", null);
        }
        exchange.goTo("/settings");
    }
}
