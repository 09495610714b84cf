package io.headworks.duckdb.load;

/** What a row of the batch means to the row of the table with its key. */
enum Verdict {
    /** A deletion older than the row, or of a row marked already: nothing happens. */
    NONE,
    DELETE,
    STALE,
    SAME,
    UPDATE,
    /** What was read of them is the same: the other columns must be compared. */
    UNDECIDED;

    /** As it stands in the table of matches. */
    String sql() {
        return "CAST(" + ordinal() + " AS UTINYINT)";
    }
}
