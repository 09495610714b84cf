package io.headworks.duckdb.load;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.duckdb.load.LoadColumns.Pair;
import io.headworks.duckdb.sql.DuckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a batch in the table's column names and types, with {@link #DELETION} and {@link #ORDER}.
 *
 * @param sql what follows FROM, without alias
 */
record BatchRows(String sql) {
    /** A boolean column, quoted: the row deletes its key. */
    static final String DELETION = DuckSql.name("_hw_deletion");

    /** The order of rows within the batch, quoted; all the same where the batch carries none. */
    static final String ORDER = DuckSql.name("_hw_order");

    /** To be read once. */
    static BatchRows once(Work work) {
        return new BatchRows("(" + select(work) + ")");
    }

    /** To be read as often as needed, its text compared by the rules of the table's columns. */
    static BatchRows again(Work work) {
        String select = select(work);
        if (work.table().collated()) {
            String names = work.columns().data().stream().map(Pair::name).collect(Collectors.joining(", "));
            return new BatchRows(work.sql()
                    .keep("SELECT " + names + ", false AS " + DELETION + ", CAST(0 AS BIGINT) AS " + ORDER + " FROM "
                            + work.table().sql() + " WHERE false UNION ALL " + select));
        }
        return work.request().materialised()
                ? once(work)
                : new BatchRows(work.sql().keep(select));
    }

    private static String select(Work work) {
        boolean withOp = work.request().batch().carries(HiddenColumns.OP);
        boolean withSeq = work.request().batch().carries(HiddenColumns.SEQ);
        List<String> columns = new ArrayList<>();
        work.columns().data().forEach(pair -> columns.add(pair.value("b") + " AS " + pair.name()));
        columns.add((withOp ? "coalesce(b." + DuckSql.name(HiddenColumns.OP) + " = 'delete', false)" : "false") + " AS "
                + DELETION);
        columns.add((withSeq ? "b." + DuckSql.name(HiddenColumns.SEQ) : "CAST(0 AS BIGINT)") + " AS " + ORDER);
        return "SELECT " + String.join(", ", columns) + " FROM ("
                + work.request().batch().sql() + ") AS b";
    }

    BatchRows withoutDeletions() {
        return new BatchRows("(SELECT * FROM " + sql + " AS d WHERE NOT " + DELETION + ")");
    }
}
