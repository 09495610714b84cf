package io.headworks.api.history;

import io.headworks.api.engine.Relation;
import org.jspecify.annotations.Nullable;

/** A batch read as observations of keys, in work storage until it is closed. Used in this order, each once. */
public interface Observations extends AutoCloseable {

    /** The keys of the batch, each once. */
    Relation keys();

    /** True when keys that are live and not in the batch are deleted by it. */
    boolean needsLiveRows();

    /**
     * Sets aside what changes nothing.
     *
     * @param live at least the live rows of {@link #keys}, or of all keys where {@link #needsLiveRows}; null when the table
     *     is empty
     * @return the keys of which something may change, each once
     */
    Relation concerned(@Nullable Relation live);

    /** How many keys of a table are live: neither closed nor marked. */
    long live(Relation table);

    /**
     * Works out what becomes of the table.
     *
     * @param stored at least all rows of the keys {@link #concerned}; null when the table is empty
     * @throws io.headworks.api.failure.HeadworksException of kind RUN where a row contradicts a stored one and is refused,
     *     SCHEMA_CHANGE where the table was written by another declaration
     */
    Outcome against(@Nullable Relation stored);

    /**
     * The rows that were left out because nobody can tell when they were so, as the batch has them, with {@link
     * io.headworks.api.engine.HiddenColumns#REASON}; they outlive the observations. Their keys are not absent. Null where
     * there are none.
     */
    @Nullable
    Relation rejected();

    /**
     * What was observed of the columns of {@link io.headworks.api.load.HistoryTable#beside}, as a batch for that table: rows
     * of the batch that count, and a deletion without time of each key that is absent.
     */
    Relation beside();

    /** The surrogates of the rows to be merged; null where there are none. */
    @Nullable
    Relation surrogates();

    /**
     * Proves the rules of a history on the rows that are stored now.
     *
     * @param stored at least the rows of the keys that were touched
     * @param sameSurrogates at least the rows with a surrogate of {@link #surrogates}; null where they need no proof
     * @throws io.headworks.api.failure.HeadworksException of kind INTERNAL when one is broken, RUN when two versions have
     *     one surrogate
     */
    void prove(Relation stored, @Nullable Relation sameSurrogates);

    @Override
    void close();
}
