package io.headworks.core.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens that programs call the server with. Only their hashes are kept: a token is known to whom it was given. */
public final class AccessTokens {
    static final List<String> COLUMNS =
            List.of("token_id", "name", "role", "hash", "created_at", "created_by", "expires_at", "revoked_at");

    private final StateDatabase state;

    public AccessTokens(StateDatabase state) {
        this.state = state;
    }

    /**
     * What is kept of a token.
     *
     * @param role what it may do, as the server spells it
     * @param createdBy who made it
     * @param expiresAt null for never
     */
    public record Token(
            String id,
            String name,
            String role,
            String createdAt,
            String createdBy,
            @Nullable String expiresAt,
            @Nullable String revokedAt) {

        /** True when it opens something now. */
        public boolean isValid(Instant now) {
            return revokedAt == null && (expiresAt == null || now.isBefore(Instant.parse(expiresAt)));
        }
    }

    /** Keeps a new one. */
    public void add(Token token, String hash) {
        state.update(
                Upsert.into("api_token", COLUMNS.subList(0, 1), COLUMNS.subList(1, COLUMNS.size())),
                token.id(),
                token.name(),
                token.role(),
                hash,
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.revokedAt());
    }

    /** The token of a hash, be it valid or not. */
    public Optional<Token> ofHash(String hash) {
        return state.query(SELECT + " where hash = ?", AccessTokens::token, hash).stream()
                .findFirst();
    }

    /** All, newest first; revoked ones too. */
    public List<Token> list() {
        return state.query(SELECT + " order by created_at desc, token_id", AccessTokens::token);
    }

    /** False when there is none of that id, or it was revoked already. */
    public boolean revoke(String id, Instant at) {
        return state.update(
                        "update api_token set revoked_at = ? where token_id = ? and revoked_at is null",
                        at.toString(),
                        id)
                > 0;
    }

    private static final String SELECT =
            "select token_id, name, role, created_at, created_by, expires_at, revoked_at from api_token";

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }
}
