package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a table that a load wrote, for a database that does not note them. With merge keys they are found by the
 * keys of the batch; without them they are the rows of the batch, whose cells are declared as the table's columns are.
 * The batch's table must outlive the load.
 */
public final class WrittenRows implements Database.TouchedRows {
    private static final String UNWRITTEN = "hw_tmp_unwritten";
    private static final String MARKED = "hw_tmp_marked";

    /** What must be dropped where no session or transaction takes it along. */
    public static final List<String> WORK_TABLES = List.of(BatchTable.NAME, UNWRITTEN, MARKED);

    private final Statements sql;
    private final TargetTable table;
    private final LoadColumns columns;
    private final RowHash hash;
    private final RowKey row;
    private boolean some;
    private boolean marked;

    public WrittenRows(Statements sql, TargetTable table, LoadColumns columns, RowHash hash) {
        this.sql = sql;
        this.table = table;
        this.columns = columns;
        this.hash = hash;
        this.row = sql.database().rowKey(table, columns);
    }

    @Override
    public void without(String batchRows) {
        some = true;
        keep(UNWRITTEN, List.of(new WorkColumn("hw_row", "BIGINT", true)), batchRows);
    }

    @Override
    public void marking(String tableRows) {
        marked = true;
        keep(MARKED, row.columns(), tableRows);
    }

    private void keep(String work, List<WorkColumn> kept, String select) {
        sql.database().dropTemporary(sql, work);
        sql.spelling().createTemporary(work, kept, select).forEach(sql::execute);
    }

    @Override
    public void end() {}

    @Override
    public long count() {
        return sql.number("SELECT count(*) FROM " + from());
    }

    @Override
    public String from() {
        String batch = sql.spelling().temporary(BatchTable.NAME) + " AS b WHERE NOT b.hw_deletion"
                + (some
                        ? " AND NOT EXISTS (SELECT 1 FROM " + sql.spelling().temporary(UNWRITTEN)
                                + " AS n WHERE n.hw_row = b.hw_row)"
                        : "");
        List<Pair> keys = columns.keys();
        if (!keys.isEmpty()) {
            // a partition that is not replaced may hold the same key, under an older run's number
            String byRun = columns.runColumn()
                    .map(run -> "t." + run.sql() + " = " + columns.runStamp() + " AND ")
                    .orElse("");
            String byKey = byRun + "EXISTS (SELECT 1 FROM " + batch + " AND " + Compare.sameKey(keys) + ")";
            String byMark = row.isKept(sql.spelling(), sql.spelling().temporary(MARKED), "true");
            return table.sql() + " AS t WHERE (" + byKey + ")" + (marked ? " OR " + byMark : "");
        }
        return table.columns().stream().anyMatch(TargetColumn::generated)
                ? stamped()
                : "(SELECT " + batchAsTable() + " FROM " + batch + ") AS t";
    }

    /** What is generated only the table has. */
    private String stamped() {
        return columns.runColumn()
                .map(run -> table.sql() + " AS t WHERE t." + run.sql() + " = " + columns.runStamp())
                .orElseThrow(
                        () -> new HeadworksException(
                                FailureKind.PROJECT,
                                "Cannot tell the rows written into " + table.name()
                                        + ": it has generated columns (allowed with merge_keys or audit columns; else not yet)"));
    }

    private String batchAsTable() {
        List<String> names = columns.written();
        List<String> values = new ArrayList<>();
        columns.data().forEach(pair -> values.add("b." + pair.cell()));
        values.addAll(columns.others(false));
        return IntStream.range(0, names.size())
                .mapToObj(i -> values.get(i) + " AS " + names.get(i))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String hashAlgorithm() {
        return hash.algorithm();
    }

    @Override
    public String hash(String select) {
        return hash.of(sql, table, columns, from());
    }
}
