package io.headworks.connector.mysql.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.Database.TouchedRows;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a table that a load wrote. With merge keys they are found by the keys of the batch; without them they are
 * the rows of the batch, whose cells are declared as the table's columns are.
 */
final class WrittenRows implements TouchedRows {
    /** The sums of the first and the second 60 bits of SHA-256 over each row's cells: order does not matter, copies do. */
    private static final String HASH_ALGORITHM = "mysql-sha256-sum-v1";

    private static final String UNWRITTEN = "hw_tmp_unwritten";
    private static final String MARKED = "hw_tmp_marked";

    private final Statements sql;
    private final TargetTable table;
    private final LoadColumns columns;
    private boolean some;
    private boolean marked;

    WrittenRows(Statements sql, TargetTable table, LoadColumns columns) {
        this.sql = sql;
        this.table = table;
        this.columns = columns;
    }

    @Override
    public void without(String batchRows) {
        some = true;
        String table = sql.spelling().temporary(UNWRITTEN);
        sql.execute(sql.spelling().dropTemporary(UNWRITTEN));
        sql.execute("CREATE TEMPORARY TABLE " + table + " (hw_row BIGINT NULL, INDEX (hw_row)) ENGINE=InnoDB");
        sql.execute("INSERT INTO " + table + " " + batchRows);
    }

    @Override
    public void marking(String tableRows) {
        marked = true;
        sql.execute(sql.spelling().dropTemporary(MARKED));
        sql.spelling().createTemporary(MARKED, List.of("table_row"), tableRows).forEach(sql::execute);
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
            String byKey = byRun + "EXISTS (SELECT 1 FROM " + batch + " AND " + MysqlDatabase.sameKey(keys) + ")";
            String byMark = RowIdentity.of(table, columns) + " IN (SELECT table_row FROM "
                    + sql.spelling().temporary(MARKED) + ")";
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
        return HASH_ALGORITHM;
    }

    @Override
    public String hash(String select) {
        String cells = table.columns().stream()
                .filter(columns::isHashed)
                .map(WrittenRows::cell)
                .collect(Collectors.joining(", "));
        String row = "sha2(concat_ws(',', '', " + cells + "), 256)";
        return sql.query(
                        "SELECT coalesce(sum(" + part("h", 1) + "), 0), coalesce(sum(" + part("h", 16)
                                + "), 0) FROM (SELECT " + row + " AS h FROM " + from() + ") AS hashes",
                        sums -> hex(sums.getBigDecimal(1)) + hex(sums.getBigDecimal(2)))
                .get(0);
    }

    private static String part(String hash, int from) {
        return "CAST(conv(substring(" + hash + ", " + from + ", 15), 16, 10) AS DECIMAL(30,0))";
    }

    private static String hex(BigDecimal sum) {
        return String.format("%030x", sum.toBigIntegerExact());
    }

    /** What is long is hashed for itself, so that no row is longer than a packet. A FLOAT's text has not all its digits. */
    private static String cell(TargetColumn column) {
        String value = "t." + column.sql();
        boolean isLong = column.collation() != null || column.readAs() == Simple.BINARY;
        String text = isLong
                ? "sha2(CAST(" + value + " AS BINARY), 256)"
                : column.readAs() == Simple.FLOAT
                        ? "CAST(CAST(" + value + " AS DOUBLE) AS CHAR)"
                        : "CAST(" + value + " AS CHAR)";
        return "coalesce(" + text + ", 'null')";
    }
}
