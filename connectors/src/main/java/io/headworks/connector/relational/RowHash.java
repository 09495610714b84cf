package io.headworks.connector.relational;

/** A hash of rows of a table in which order does not matter and copies do. */
public interface RowHash {
    String algorithm();

    /** @param from what follows FROM, with the table as {@code t} */
    String of(Statements sql, TargetTable table, LoadColumns columns, String from);
}
