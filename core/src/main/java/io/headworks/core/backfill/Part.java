package io.headworks.core.backfill;

import io.headworks.core.slice.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one dataset.
 *
 * @param definition the hash of what makes its rows
 * @param column the one that is cut; null for a dataset that is made again as a whole
 * @param slices in the order in which they are loaded; empty for a whole
 * @param ofSlices how many slices the range has
 * @param refresh a whole that would otherwise go on from its position
 */
record Part(
        String pipeline,
        String dataset,
        String definition,
        @Nullable String column,
        List<Slice> slices,
        int ofSlices,
        boolean refresh) {
    Part {
        slices = List.copyOf(slices);
    }

    boolean isWhole() {
        return column == null;
    }

    /** How many runs it takes. */
    int runs() {
        return isWhole() ? 1 : slices.size();
    }

    Part with(List<Slice> others) {
        return new Part(pipeline, dataset, definition, column, others, ofSlices, refresh);
    }
}
