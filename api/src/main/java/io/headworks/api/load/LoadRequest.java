package io.headworks.api.load;

import io.headworks.api.engine.Relation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One batch to be applied.
 *
 * @param batch rows in the table's columns (audit columns excluded); with HiddenColumns OP and SEQ when they are carried
 * @param materialised true when {@code batch} is held in work storage and may be read more than once at no great cost
 * @param slice the range this run replaces; null for a live run
 */
public record LoadRequest(
        Load load,
        Relation batch,
        boolean materialised,
        BatchKind kind,
        @Nullable Slice slice,
        long runNumber,
        Instant loadedAt) {

    /** {@code from} ≤ column < {@code to}, texts of the column's type. */
    public record Slice(String column, String from, String to) {}
}
