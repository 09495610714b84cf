package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;

/** Writes the fields of one column of a batch, length first; a NULL is written by the caller. */
interface FieldWriter {
    /** @throws UnfitValue for a value that PostgreSQL cannot keep */
    void write(Column column, int row, TupleBuffer out) throws UnfitValue;

    /** A value that PostgreSQL cannot keep; the message reads "it …". */
    final class UnfitValue extends Exception {
        private static final long serialVersionUID = 1L;

        UnfitValue(String message) {
            super(message);
        }
    }
}
