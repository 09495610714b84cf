package io.headworks.server.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Browsers that showed a token. Kept in memory: after a restart they show it again. Safe for many threads. */
public final class Sessions {
    private static final Duration LIFE = Duration.ofHours(12);
    private static final int MOST = 10_000;

    private final Tokens tokens;
    private final Clock clock;
    private final Map<String, Session> byHash = new LinkedHashMap<>();

    public Sessions(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    private record Session(String tokenHash, String csrf, Instant until) {}

    /** The cookie's value of a new session; empty when the token opens nothing. */
    public Optional<String> open(String token) {
        return tokens.caller(token).map(caller -> {
            String id = SecretText.next();
            keep(
                    SecretText.hash(id),
                    new Session(
                            SecretText.hash(token),
                            SecretText.next(),
                            clock.instant().plus(LIFE)));
            return id;
        });
    }

    /** Who has a session; a token that was taken back or ran out ends it. */
    public Optional<Caller> caller(String id) {
        String hash = SecretText.hash(id);
        Session session = find(hash);
        if (session == null || !clock.instant().isBefore(session.until())) {
            close(id);
            return Optional.empty();
        }
        return tokens.callerOfHash(session.tokenHash())
                .map(caller -> new Caller(caller.name(), caller.role(), session.csrf()));
    }

    public void close(String id) {
        synchronized (byHash) {
            byHash.remove(SecretText.hash(id));
        }
    }

    private @Nullable Session find(String hash) {
        synchronized (byHash) {
            return byHash.get(hash);
        }
    }

    private void keep(String hash, Session session) {
        synchronized (byHash) {
            byHash.values().removeIf(each -> !clock.instant().isBefore(each.until()));
            if (byHash.size() >= MOST) {
                byHash.remove(byHash.keySet().iterator().next());
            }
            byHash.put(hash, session);
        }
    }
}
