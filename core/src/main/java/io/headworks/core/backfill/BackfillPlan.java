package io.headworks.core.backfill;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a backfill will do.
 *
 * @param parts each after those it reads from
 * @param variables their values, without those that are secret
 * @param secondsExpected from earlier runs of slices, one after the other; null when nobody knows
 */
public record BackfillPlan(
        BackfillRequest request,
        String environment,
        List<Part> parts,
        List<Affected> affected,
        List<String> notes,
        Map<String, String> variables,
        @Nullable Double secondsExpected) {
    public BackfillPlan {
        parts = List.copyOf(parts);
        affected = List.copyOf(affected);
        notes = List.copyOf(notes);
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    public boolean isIdle() {
        return parts.isEmpty();
    }

    /** How many runs it takes. */
    public int runs() {
        return parts.stream().mapToInt(Part::runs).sum();
    }
}
