package io.headworks.duckdb.load;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;

/** One INSERT of a whole batch, which it evaluates once; a row that may not come in fails the statement. */
final class Insertion {
    private final Work work;
    private final String from;
    private final List<String> conditions = new ArrayList<>();

    /** @param from what follows FROM, with alias {@code b} */
    private Insertion(Work work, String from) {
        this.work = work;
        this.from = from;
    }

    /** The batch as it is delivered. */
    static Insertion ofBatch(Work work) {
        return new Insertion(work, "(" + work.request().batch().sql() + ") AS b");
    }

    /** Leaves the batch's deletions out. */
    Insertion withoutDeletions() {
        conditions.add(work.isUpsert("b"));
        return this;
    }

    /** Fails on a deletion. */
    Insertion refuseDeletions() {
        if (work.carries(HiddenColumns.OP)) {
            conditions.add(
                    orError(work.isUpsert("b"), DuckSql.text("the batch holds deletions, and append never deletes")));
        }
        return this;
    }

    /** Fails on a row outside the slice, which a repetition of the slice would not replace. */
    Insertion refuseOutside(Slice slice) {
        LoadColumns.Pair column = work.columns().named(slice.column(), "slice column");
        String value = column.value("b");
        conditions.add(orError(
                SliceRange.of(slice, column.column()).contains(value),
                DuckSql.text("a row lies outside the slice of " + slice.column() + " from " + slice.from() + " to "
                                + slice.to() + ": ")
                        + " || coalesce(CAST(" + value + " AS VARCHAR), 'NULL')"));
        return this;
    }

    private String orError(String condition, String message) {
        String subject = DuckSql.text("Cannot " + work.load().strategy().key() + " into "
                + work.load().table() + ": ");
        return "CASE WHEN " + condition + " THEN true ELSE error(" + subject + " || " + message + ") END";
    }

    /** The number of rows inserted. */
    long into(String table) {
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        List<String> data =
                work.columns().data().stream().map(pair -> pair.value("b")).toList();
        return work.sql()
                .write("INSERT INTO " + table + " (" + work.columns().written() + ") SELECT "
                        + work.columns().values(data, false) + " FROM " + from + where);
    }
}
