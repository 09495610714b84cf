package io.headworks.core.backfill;

import io.headworks.core.json.Json;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.StateDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How long runs of slices took lately. */
final class Durations {
    private static final int NEWEST = 30;

    private final RunHistory history;

    Durations(StateDatabase state) {
        this.history = new RunHistory(state);
    }

    /** Seconds for all of it, one after the other; null when a part was never run before. */
    @Nullable
    Double expected(Collection<Part> parts) {
        double seconds = 0;
        for (Part part : parts) {
            OptionalDouble one = median(part);
            if (one.isEmpty()) {
                return null;
            }
            seconds += one.getAsDouble() * part.runs();
        }
        return seconds;
    }

    private OptionalDouble median(Part part) {
        List<Double> seconds = history.newest(part.pipeline(), NEWEST).stream()
                .map(Json::readObject)
                .filter(run -> isSlice(run) != part.isWhole())
                .flatMap(run -> seconds(run).stream())
                .sorted()
                .toList();
        return seconds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(seconds.get(seconds.size() / 2));
    }

    private static boolean isSlice(Map<String, @Nullable Object> run) {
        return run.get("asked") instanceof Map<?, ?> asked && asked.get("from") != null;
    }

    private static Optional<Double> seconds(Map<String, @Nullable Object> run) {
        boolean published = List.of("success", "unverified", "partial").contains(String.valueOf(run.get("status")));
        return published && run.get("duration_seconds") instanceof Number number
                ? Optional.of(number.doubleValue())
                : Optional.empty();
    }
}
