package io.headworks.server.access;

import io.headworks.core.ledger.RunIds;
import io.headworks.core.service.ProjectState;
import io.headworks.core.state.AccessTokens;
import io.headworks.core.state.AccessTokens.Token;
import io.headworks.core.state.StateDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The owner's token and those that were given to others. */
public final class Tokens {
    /** The name of whoever has the token in the file. */
    public static final String OWNER = "owner";

    private final String ownersHash;
    private final ProjectState place;
    private final Clock clock;

    public Tokens(String ownersToken, ProjectState place, Clock clock) {
        this.ownersHash = SecretText.hash(ownersToken);
        this.place = place;
        this.clock = clock;
    }

    /** A token on the way to whom it is given; it is not kept. */
    public record Given(Token token, String secret) {}

    /** Whom a token belongs to; empty for one that opens nothing. */
    public Optional<Caller> caller(String token) {
        return callerOfHash(SecretText.hash(token));
    }

    /** The same by its hash. */
    Optional<Caller> callerOfHash(String hash) {
        if (SecretText.equal(hash, ownersHash)) {
            return Optional.of(new Caller(OWNER, Role.ADMIN, null));
        }
        if (!place.isThere()) {
            return Optional.empty();
        }
        try (StateDatabase state = place.open()) {
            return new AccessTokens(state)
                    .ofHash(hash)
                    .filter(token -> token.isValid(clock.instant()))
                    .flatMap(token -> Role.of(token.role()).map(role -> new Caller(token.name(), role, null)));
        }
    }

    /**
     * Makes one.
     *
     * @param life how long it opens; null for ever
     */
    public Given give(String name, Role role, @Nullable Duration life, Caller by) {
        Instant now = clock.instant();
        String secret = SecretText.next();
        Token token = new Token(
                RunIds.next(now),
                name,
                role.key(),
                now.toString(),
                by.name(),
                life == null ? null : now.plus(life).toString(),
                null);
        try (StateDatabase state = place.open()) {
            new AccessTokens(state).add(token, SecretText.hash(secret));
        }
        return new Given(token, secret);
    }

    /** All that were given, newest first. */
    public List<Token> list() {
        if (!place.isThere()) {
            return List.of();
        }
        try (StateDatabase state = place.open()) {
            return new AccessTokens(state).list();
        }
    }

    /** False when there is nothing to take back. */
    public boolean revoke(String id) {
        try (StateDatabase state = place.open()) {
            return new AccessTokens(state).revoke(id, clock.instant());
        }
    }
}
