package io.headworks.core.proof;

import java.util.List;

/**
 * What replays of one batch came to.
 *
 * @param rows of the batch
 * @param before rows that the table had before it
 * @param kills processes that were killed
 * @param notes what was not tried, and why
 */
public record Proof(
        String pipeline,
        String dataset,
        long seed,
        long rows,
        long before,
        int kills,
        List<Replayed> replays,
        List<String> notes) {
    public Proof {
        replays = List.copyOf(replays);
        notes = List.copyOf(notes);
    }

    public boolean holds() {
        return replays.stream().allMatch(Replayed::isEqual);
    }
}
