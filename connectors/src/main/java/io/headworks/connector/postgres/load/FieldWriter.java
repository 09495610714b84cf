package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.connector.result.UnfitValue;

/** Writes the fields of one column of a batch, length first; a NULL is written by the caller. */
interface FieldWriter {
    /** @throws UnfitValue for a value that PostgreSQL cannot keep; the message reads "is …" */
    void write(Column column, int row, TupleBuffer out) throws UnfitValue;
}
