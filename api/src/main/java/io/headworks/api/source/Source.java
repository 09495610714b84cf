package io.headworks.api.source;

import io.headworks.api.dataset.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open source. Used by one thread at a time. */
public interface Source extends AutoCloseable {

    /**
     * Looks at what an extract would read: schema, size, files. Reads as little data as it can.
     *
     * @param known what was committed before, so that known files need not be read again; null on a first run
     * @throws io.headworks.api.failure.HeadworksException when it is out of reach, or a table, column or file is missing
     */
    SourceState observe(Extract extract, @Nullable Position known);

    /**
     * The rows of an extract, from one consistent snapshot.
     *
     * @param state what {@link #observe} answered for this run
     * @param keys the part to read; null means all
     * @param files the files to read, out of {@code state.files()}; empty for a source without files
     */
    RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files);

    /** True where a statement of the engine can read {@link #rows} itself, in place or as parallel streams. Looks at nothing. */
    default boolean readsInPlace(Extract extract, SourceState state) {
        return rows(extract, state, null, state.files()) instanceof RowSource.InPlace;
    }

    /**
     * True where {@link #rows} itself applies {@code where} and the key range. False where it hands over every row of
     * the files and the run filters them once they are staged.
     */
    default boolean filters() {
        return true;
    }

    /**
     * Called after the rows were read and before anything is committed.
     *
     * @throws io.headworks.api.failure.HeadworksException when what was read is not what {@link #observe} saw, as a file
     *     written to in the meantime
     */
    default void checkUnchanged(SourceState state, List<FileStamp> files) {}

    /** What this connection reaches, for {@code hw connection tables}: tables, or file patterns. */
    List<TableName> tables();

    @Override
    void close();
}
