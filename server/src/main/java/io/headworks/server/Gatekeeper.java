package io.headworks.server;

import io.headworks.server.access.Audit;
import io.headworks.server.access.Caller;
import io.headworks.server.access.RateLimit;
import io.headworks.server.access.Role;
import io.headworks.server.access.Sessions;
import io.headworks.server.access.Tokens;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Stands before every route: nothing is answered that does not pass here, and a route without a role does not exist. */
final class Gatekeeper {
    static final String COOKIE = "hw_session";
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final Sessions sessions;
    private final Audit audit;
    private final RateLimit requests;
    private final RateLimit failures;

    Gatekeeper(Tokens tokens, Sessions sessions, Audit audit, Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.audit = audit;
        this.requests = new RateLimit(300, Duration.ofMillis(20), clock);
        this.failures = new RateLimit(20, Duration.ofSeconds(6), clock);
    }

    /** Lets the route answer those who may ask. */
    void pass(Route route, Context context) throws Exception {
        Caller caller = Caller.UNKNOWN;
        try {
            caller = caller(context);
            admit(route, caller, context);
            route.handling().answer(new Exchange(context, caller));
            note(route, caller, context, context.statusCode());
        } catch (Refusal refused) {
            note(route, caller, context, refused.status());
            throw refused;
        } catch (Exception failed) {
            note(route, caller, context, 500);
            throw failed;
        }
    }

    private void admit(Route route, Caller caller, Context context) {
        String who = caller.role() == Role.ANYONE ? context.ip() : caller.name();
        if (!requests.take(who)) {
            throw new Refusal(429, "Too many requests", "Cannot answer so many requests", "wait a second");
        }
        if (!caller.role().includes(route.role())) {
            throw caller.role() == Role.ANYONE
                    ? new Refusal(
                            401,
                            "Nobody is known",
                            "Cannot answer without a token",
                            "send Authorization: Bearer TOKEN, or open the address that hw serve printed")
                    : new Refusal(
                            403,
                            "Not allowed",
                            "Cannot do that as " + caller.role().key() + ": it needs "
                                    + route.role().key(),
                            "ask for a token of that role");
        }
        if (route.verb().changes() && caller.needsCsrf() && !bringsCsrf(caller, context)) {
            throw new Refusal(
                    403, "Not from our page", "Cannot tell that the form is ours", "open the page anew and try again");
        }
    }

    private static boolean bringsCsrf(Caller caller, Context context) {
        String header = context.header("X-CSRF-Token");
        String brought = header == null ? context.formParam("csrf") : header;
        return brought != null
                && MessageDigest.isEqual(
                        brought.getBytes(StandardCharsets.UTF_8),
                        String.valueOf(caller.csrf()).getBytes(StandardCharsets.UTF_8));
    }

    /** A token that is wrong is refused also where none is needed; guesses run out. */
    private Caller caller(Context context) {
        String header = context.header("Authorization");
        if (header != null) {
            if (!header.startsWith(BEARER)) {
                throw wrongToken();
            }
            return tokens.caller(header.substring(BEARER.length()).strip())
                    .orElseThrow(() -> failures.take(context.ip()) ? wrongToken() : tooManyGuesses());
        }
        String cookie = context.cookie(COOKIE);
        return cookie == null ? Caller.UNKNOWN : sessions.caller(cookie).orElse(Caller.UNKNOWN);
    }

    private static Refusal wrongToken() {
        return new Refusal(
                401, "Nobody is known", "Cannot use that token: it opens nothing", "send Authorization: Bearer TOKEN");
    }

    /** A session for whoever shows a token; empty when it opens nothing. */
    Optional<String> login(String token, Context context) {
        Optional<String> session = sessions.open(token);
        if (session.isEmpty() && !failures.take(context.ip())) {
            throw tooManyGuesses();
        }
        return session;
    }

    private static Refusal tooManyGuesses() {
        return new Refusal(429, "Too many wrong tokens", "Cannot take more wrong tokens for now", "wait a minute");
    }

    void logout(Context context) {
        String cookie = context.cookie(COOKIE);
        if (cookie != null) {
            sessions.close(cookie);
        }
    }

    /** Changes that somebody known asked for. */
    private void note(Route route, Caller caller, Context context, int status) {
        if (route.verb().changes() && caller.role() != Role.ANYONE) {
            audit.keep(caller, route.name(), context.path(), status, context.ip());
        }
    }
}
