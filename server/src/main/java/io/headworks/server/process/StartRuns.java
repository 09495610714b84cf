package io.headworks.server.process;

import io.headworks.core.json.Json;
import io.headworks.core.json.Sha256;
import io.headworks.core.service.ProjectState;
import io.headworks.core.state.RequestKeys;
import io.headworks.core.state.StateDatabase;
import io.headworks.server.route.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts runs as child processes; a request that is sent again with the same key starts nothing again. */
public final class StartRuns {
    private static final Duration KEYS_LIVE = Duration.ofDays(7);

    private final Starts starts;
    private final ProjectState place;
    private final Clock clock;

    public StartRuns(Starts starts, ProjectState place, Clock clock) {
        this.starts = starts;
        this.place = place;
        this.clock = clock;
    }

    /** Runs pipelines. */
    public Map<String, @Nullable Object> run(RunRequest request, String by, @Nullable String key) {
        return once(request.arguments(), by, key);
    }

    /** Runs what is left of what one command asked for. */
    public Map<String, @Nullable Object> retry(String runId, String by, @Nullable String key) {
        return once(List.of("run", "--retry=" + runId), by, key);
    }

    private Map<String, @Nullable Object> once(List<String> arguments, String by, @Nullable String key) {
        if (key == null) {
            return starts.start(arguments, by).document();
        }
        String fingerprint = Sha256.of(Json.canonical(arguments));
        try (StateDatabase state = place.open()) {
            RequestKeys keys = new RequestKeys(state);
            Instant now = clock.instant();
            keys.forget(now.minus(KEYS_LIVE));
            Optional<RequestKeys.Seen> seen = keys.take(by, key, fingerprint, now);
            return seen.isPresent() ? again(seen.get(), key, fingerprint) : first(keys, arguments, by, key);
        }
    }

    private Map<String, @Nullable Object> first(RequestKeys keys, List<String> arguments, String by, String key) {
        Map<String, @Nullable Object> answer;
        try {
            answer = starts.start(arguments, by).document();
        } catch (RuntimeException notStarted) {
            keys.release(by, key);
            throw notStarted;
        }
        keys.answered(by, key, Json.compact(answer));
        return answer;
    }

    private static Map<String, @Nullable Object> again(RequestKeys.Seen seen, String key, String fingerprint) {
        if (!seen.fingerprint().equals(fingerprint)) {
            throw new Refusal(
                    422,
                    "The key was used for something else",
                    "Cannot use Idempotency-Key '" + key + "' again: another request came with it",
                    "a new request needs a new key");
        }
        String answer = seen.answer();
        if (answer == null) {
            throw Refusal.conflict(
                    "Cannot tell whether the request with Idempotency-Key '" + key + "' started something",
                    "it is under way, or the server ended within it: look at the runs, and use a new key");
        }
        return Json.readObject(answer);
    }
}
