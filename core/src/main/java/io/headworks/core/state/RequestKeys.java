package io.headworks.core.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys by which a request that is sent again is known: what it asked for is done once. */
public final class RequestKeys {
    static final List<String> COLUMNS = List.of("who", "name", "fingerprint", "asked_at", "answer");

    private final StateDatabase state;

    public RequestKeys(StateDatabase state) {
        this.state = state;
    }

    /**
     * A request that was seen before.
     *
     * @param fingerprint of what it asked for
     * @param answer what it was told; null while that is not known, or never became known
     */
    public record Seen(String fingerprint, @Nullable String answer) {}

    /** Empty when the key is new, and taken from now on. */
    public Optional<Seen> take(String who, String key, String fingerprint, Instant now) {
        Optional<Seen> before = find(who, key);
        if (before.isPresent()) {
            return before;
        }
        int taken = state.update(
                "insert into request_key (who, name, fingerprint, asked_at, answer) values (?, ?, ?, ?, null)"
                        + " on conflict do nothing",
                who,
                key,
                fingerprint,
                now.toString());
        return taken == 1 ? Optional.empty() : find(who, key);
    }

    /** Says what the request was told. */
    public void answered(String who, String key, String answer) {
        state.update("update request_key set answer = ? where who = ? and name = ?", answer, who, key);
    }

    /** The request did nothing: its key is free again. */
    public void release(String who, String key) {
        state.update("delete from request_key where who = ? and name = ? and answer is null", who, key);
    }

    /** Forgets those that are older. */
    public void forget(Instant before) {
        state.update("delete from request_key where asked_at < ?", before.toString());
    }

    private Optional<Seen> find(String who, String key) {
        return state
                .query(
                        "select fingerprint, answer from request_key where who = ? and name = ?",
                        row -> new Seen(row.getString(1), row.getString(2)),
                        who,
                        key)
                .stream()
                .findFirst();
    }
}
