package io.headworks.connector.mysql.load;

import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.RowHash;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** The sums of the first and the second 60 bits of SHA-256 over each row's cells, made by the server. */
final class ServerHash implements RowHash {
    @Override
    public String algorithm() {
        return "mysql-sha256-sum-v1";
    }

    @Override
    public String of(Statements sql, TargetTable table, LoadColumns columns, String from) {
        String cells = table.columns().stream()
                .filter(columns::isHashed)
                .map(ServerHash::cell)
                .collect(Collectors.joining(", "));
        String row = "sha2(concat_ws(',', '', " + cells + "), 256)";
        return sql.query(
                        "SELECT coalesce(sum(" + part("h", 1) + "), 0), coalesce(sum(" + part("h", 16)
                                + "), 0) FROM (SELECT " + row + " AS h FROM " + from + ") AS hashes",
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
        boolean isLong = column.collation() != null || column.readAs().isText() || column.readAs() == Simple.BINARY;
        String text = isLong
                ? "sha2(CAST(" + value + " AS BINARY), 256)"
                : column.readAs() == Simple.FLOAT
                        ? "CAST(CAST(" + value + " AS DOUBLE) AS CHAR)"
                        : "CAST(" + value + " AS CHAR)";
        return "coalesce(" + text + ", 'null')";
    }
}
