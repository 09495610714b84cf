package io.headworks.api.source;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
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

    /** The rows of a whole extract undecoded, from the snapshot of {@link #rows}; null where there is no such form. */
    default @Nullable Frames frames(Extract extract, SourceState state) {
        return null;
    }

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
     * True where columns may have names that differ only in case, and each is read by its own. False where such names mean
     * the same column.
     */
    default boolean tellsCaseApart() {
        return false;
    }

    /**
     * Called after the rows were read and before anything is committed.
     *
     * @throws io.headworks.api.failure.HeadworksException when what was read is not what {@link #observe} saw, as a file
     *     written to in the meantime
     */
    default void checkUnchanged(SourceState state, List<FileStamp> files) {}

    /** How the system behind this source hashes rows by itself; null where it does not. */
    default @Nullable BucketHashing hashing() {
        return null;
    }

    /** What this connection reaches, for {@code hw connection tables}: tables, or file patterns. */
    List<TableName> tables();

    /**
     * Every table with the names of its columns, for pipelines of many tables: asked once, however many there are. Tables that
     * this connection may not read are among them.
     *
     * @throws HeadworksException of kind PROJECT for a source without tables
     */
    default List<SourceTable> catalogue() {
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot list tables: this source has none (allowed: a database)",
                "write path for files; extract.tables is for databases");
    }

    /**
     * Lets go of all that was seen and read, and keeps what is costly to open: another run, in any thread, may use this
     * source as if it had just been opened. False where it can only be closed; then nothing was done.
     */
    default boolean rest() {
        return false;
    }

    @Override
    void close();
}
