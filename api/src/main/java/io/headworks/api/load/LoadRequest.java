package io.headworks.api.load;

import io.headworks.api.engine.Relation;
import io.headworks.api.source.Frames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One batch to be applied.
 *
 * @param batch rows in the table's columns (audit columns excluded); with HiddenColumns OP and SEQ when they are carried
 * @param materialised true when {@code batch} is held in work storage and may be read more than once at no great cost
 * @param frames where the rows are when they are passed on undecoded: {@code batch} then only says their columns; null
 *     where they are in {@code batch}
 * @param slice the range this run replaces; null for a live run
 * @param inspected false when nobody will ask for the rows that the load wrote
 */
public record LoadRequest(
        Load load,
        Relation batch,
        boolean materialised,
        @Nullable Frames frames,
        BatchKind kind,
        @Nullable Slice slice,
        long runNumber,
        Instant loadedAt,
        boolean inspected) {

    /** Rows that the engine has, and that may be looked at again. */
    public LoadRequest(
            Load load,
            Relation batch,
            boolean materialised,
            BatchKind kind,
            @Nullable Slice slice,
            long runNumber,
            Instant loadedAt) {
        this(load, batch, materialised, null, kind, slice, runNumber, loadedAt, true);
    }

    /** The same with rows that are held in work storage. */
    public LoadRequest kept(Relation rows) {
        return new LoadRequest(load, rows, true, frames, kind, slice, runNumber, loadedAt, inspected);
    }

    /** {@code from} ≤ column < {@code to}, texts of the column's type. */
    public record Slice(String column, String from, String to) {}
}
