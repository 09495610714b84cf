package io.headworks.server.api;

import io.headworks.core.state.AccessTokens.Token;
import io.headworks.core.state.AuditTrail;
import io.headworks.server.access.Audit;
import io.headworks.server.access.Role;
import io.headworks.server.access.Tokens;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Parameter;
import io.headworks.server.route.Route.Verb;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may call: tokens and the audit trail. */
public final class AccessApi {
    private static final int MOST_DAYS = 3_650;

    private final Tokens tokens;
    private final Audit audit;

    public AccessApi(Tokens tokens, Audit audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.document(
                        Verb.GET,
                        "/api/v1/tokens",
                        Role.ADMIN,
                        "list-tokens",
                        "Tokens that were given, without the tokens themselves",
                        List.of(),
                        exchange -> exchange.document(ProjectApi.map(
                                "tokens",
                                tokens.list().stream().map(AccessApi::document).toList()))),
                Route.document(
                        Verb.POST,
                        "/api/v1/tokens",
                        Role.ADMIN,
                        "give-token",
                        "Makes a token; this answer alone shows it",
                        List.of(
                                Parameter.body("name", "string", true, "Whose it is, as the audit trail calls them"),
                                Parameter.body("role", "string", true, Role.allowed()),
                                Parameter.body("days", "integer", false, "How long it opens; for ever unless told")),
                        this::give),
                Route.document(
                        Verb.DELETE,
                        "/api/v1/tokens/{id}",
                        Role.ADMIN,
                        "revoke-token",
                        "Takes a token back",
                        List.of(),
                        this::revoke),
                Route.document(
                        Verb.GET,
                        "/api/v1/audit",
                        Role.ADMIN,
                        "list-audit",
                        "Who asked for which change, newest first",
                        List.of(Parameter.query("limit", "integer", "At most so many, 1 to 500; 100 unless told")),
                        exchange -> exchange.document(ProjectApi.map(
                                "entries",
                                audit.newest(exchange.limit(100)).stream()
                                        .map(AccessApi::document)
                                        .toList()))));
    }

    private void give(Exchange exchange) {
        Map<String, @Nullable Object> body = exchange.body(List.of("name", "role", "days"));
        String name = Exchange.required(body, "name");
        Tokens.Given given = tokens.give(
                requireName(name), role(Exchange.required(body, "role")), life(body.get("days")), exchange.caller());
        Map<String, @Nullable Object> tree = document(given.token());
        tree.put("token", given.secret());
        exchange.document(201, tree);
    }

    private static String requireName(String name) {
        if (name.length() > 100 || name.equals(Tokens.OWNER)) {
            throw Refusal.wrong(
                    "Cannot give a token to '" + name + "' (allowed: up to 100 characters, not " + Tokens.OWNER + ")",
                    null);
        }
        return name;
    }

    private static Role role(String key) {
        return Role.of(key)
                .orElseThrow(
                        () -> Refusal.wrong("Cannot give role '" + key + "' (allowed: " + Role.allowed() + ")", null));
    }

    private static @Nullable Duration life(@Nullable Object days) {
        if (days == null) {
            return null;
        }
        if (days instanceof Long number && number >= 1 && number <= MOST_DAYS) {
            return Duration.ofDays(number);
        }
        throw Refusal.wrong("Cannot give a token for " + days + " days (allowed: 1 to " + MOST_DAYS + ")", null);
    }

    private void revoke(Exchange exchange) {
        String id = exchange.path("id");
        if (!tokens.revoke(id)) {
            throw Refusal.notFound("Cannot revoke token '" + id + "': there is none, or it is revoked", null);
        }
        exchange.document(ProjectApi.map("revoked", id));
    }

    private static Map<String, @Nullable Object> document(Token token) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("token_id", token.id());
        tree.put("name", token.name());
        tree.put("role", token.role());
        tree.put("created_at", token.createdAt());
        tree.put("created_by", token.createdBy());
        tree.put("expires_at", token.expiresAt());
        tree.put("revoked_at", token.revokedAt());
        return tree;
    }

    private static Map<String, @Nullable Object> document(AuditTrail.Entry entry) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("at", entry.at());
        tree.put("who", entry.who());
        tree.put("role", entry.role());
        tree.put("action", entry.action());
        tree.put("subject", entry.subject());
        tree.put("status", entry.outcome());
        tree.put("address", entry.address());
        return tree;
    }
}
