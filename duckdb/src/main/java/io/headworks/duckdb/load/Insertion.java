package io.headworks.duckdb.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.duckdb.load.LoadColumns.Pair;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One INSERT that evaluates the batch once. A row that may not come in fails the statement: all conditions are in one
 * CASE, because the engine is free to reorder those joined by AND.
 *
 * @param leftOut an anti join of rows that stay out
 * @param cases WHEN branches, in order
 */
record Insertion(Work work, BatchRows rows, @Nullable String leftOut, String cases) {
    static final String NO_DELETIONS = "the batch holds deletions, and append never deletes";

    static Insertion of(Work work, BatchRows rows) {
        return new Insertion(work, rows, null, "");
    }

    /** Leaves the batch's deletions out. */
    Insertion withoutDeletions() {
        return work.carriesDeletions() ? when("b." + BatchRows.DELETION, "false") : this;
    }

    /** Fails on a deletion. */
    Insertion refuseDeletions() {
        return work.carriesDeletions() ? when("b." + BatchRows.DELETION, error(DuckSql.text(NO_DELETIONS))) : this;
    }

    /** Fails on a row outside the slice, which a repetition of the slice would not replace. */
    Insertion refuseOutside(Slice slice) {
        Pair column = work.columns().named(slice.column(), "slice column");
        String value = "b." + column.name();
        String text = DuckSql.text("a row lies outside the slice of " + slice.column() + " from " + slice.from()
                + " to " + slice.to() + ": ");
        return when(
                "NOT " + SliceRange.of(slice, column.column()).contains(value),
                error(text + " || coalesce(CAST(" + value + " AS VARCHAR), 'NULL')"));
    }

    /** Leaves out rows {@code b} for which there is one in {@code table AS alias ON condition}. */
    Insertion withoutThoseIn(String other) {
        return new Insertion(work, rows, other, cases);
    }

    private Insertion when(String condition, String result) {
        return new Insertion(work, rows, leftOut, cases + " WHEN " + condition + " THEN " + result);
    }

    private String error(String message) {
        return "error(" + DuckSql.text(subject()) + " || " + message + ")";
    }

    private String subject() {
        return "Cannot " + work.load().strategy().key() + " into " + work.load().table() + ": ";
    }

    /** The number of rows inserted. */
    long into(String table) {
        List<String> data =
                work.columns().data().stream().map(pair -> "b." + pair.name()).toList();
        String insert = "INSERT INTO " + table + " (" + work.columns().written() + ") SELECT "
                + work.columns().values(data, false) + " FROM " + rows.sql() + " AS b"
                + (leftOut == null ? "" : " ANTI JOIN " + leftOut)
                + (cases.isEmpty() ? "" : " WHERE CASE" + cases + " ELSE true END");
        try {
            return work.sql().write(insert);
        } catch (HeadworksException failed) {
            throw refusal(failed);
        }
    }

    /** What one of the cases says, without the engine's words around it. */
    private HeadworksException refusal(HeadworksException failed) {
        String message = String.valueOf(failed.getMessage());
        int start = message.indexOf(subject());
        return start < 0
                ? failed
                : new HeadworksException(
                        FailureKind.RUN,
                        message.substring(start).lines().findFirst().orElse(message),
                        null,
                        failed);
    }
}
