package io.headworks.connector.postgres.load;

import io.headworks.api.batch.Column;
import io.headworks.connector.result.UnfitValue;

/**
 * Writes the fields of one column of a batch, length first, at places that the lengths of all columns gave: so each column is
 * one tight loop, whatever stands beside it.
 */
interface ColumnWriter {
    /** Bytes of a field's length, and all of a NULL. */
    int LENGTH = 4;

    int NULL = -1;

    /**
     * Takes a column and adds to each row's size what its field takes.
     *
     * @return false when this writer does not know columns of this form or with such values; nothing has been added then
     * @throws UnfitValue for a value that PostgreSQL cannot keep; the message reads "is …"
     */
    boolean measure(Column column, int rows, int[] sizes) throws UnfitValue;

    /** Writes some rows of the column that was measured last, each at its place, which is moved behind the field. */
    void write(int from, int to, byte[] bytes, int[] places) throws UnfitValue;
}
