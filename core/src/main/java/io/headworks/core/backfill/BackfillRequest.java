package io.headworks.core.backfill;

import io.headworks.core.slice.Standing.Only;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked for.
 *
 * @param from start of the range, inclusive, as written
 * @param to its end, exclusive
 * @param only which slices of the range; null for all
 * @param downstream whether what reads the tables is made again too
 * @param parallel how many datasets side by side
 * @param oldestFirst false for newest first
 * @param forced why a guarded environment is written to; null when it is not guarded
 */
public record BackfillRequest(
        List<String> selectors,
        List<String> excluded,
        String from,
        String to,
        @Nullable Only only,
        boolean downstream,
        int parallel,
        boolean oldestFirst,
        @Nullable String forced) {
    public BackfillRequest {
        selectors = List.copyOf(selectors);
        excluded = List.copyOf(excluded);
    }
}
