package io.headworks.connector.postgres.load;

import io.headworks.connector.relational.Database.BatchTable;
import io.headworks.connector.relational.Database.TouchedRows;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.TargetTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that this transaction wrote, by PostgreSQL's own mark of that; their hash is the sum of those of the
 * batch's rows that were written.
 */
final class WrittenRows implements TouchedRows {
    /** {@link RowHash} over the fields of a row in binary COPY's form, length first, in the table's order. */
    static final String HASH_ALGORITHM = "copy-murmur3-sum-v1";

    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    private final Statements sql;
    private final TargetTable table;
    private @Nullable String hash;

    WrittenRows(Statements sql, TargetTable table) {
        this.sql = sql;
        this.table = table;
    }

    @Override
    public void end() {}

    /** Only a scan of the table could tell; each statement says how many rows it wrote. */
    @Override
    public long count() {
        return -1;
    }

    @Override
    public String from() {
        return table.sql() + " AS t WHERE t.xmin = CAST(pg_current_xact_id() AS xid)";
    }

    @Override
    public String hashAlgorithm() {
        return HASH_ALGORITHM;
    }

    @Override
    public void without(String batchRows) {
        hash = sum("NOT EXISTS (SELECT 1 FROM (" + batchRows + ") AS n (hw_row) WHERE n.hw_row = b.hw_row)");
    }

    @Override
    public String hash(String columns) {
        return hash == null ? sum("true") : hash;
    }

    private String sum(String condition) {
        String unsignedLow = "CAST(b." + CopiedBatch.HASH_LOW + " AS numeric) + CASE WHEN b." + CopiedBatch.HASH_LOW
                + " < 0 THEN " + WORD + " ELSE 0 END";
        return sql.query(
                        "SELECT coalesce(sum(CAST(b." + CopiedBatch.HASH_HIGH + " AS numeric)), 0), coalesce(sum("
                                + unsignedLow + "), 0) FROM " + sql.spelling().temporary(BatchTable.NAME)
                                + " AS b WHERE NOT b.hw_deletion AND " + condition,
                        row -> modular(row.getBigDecimal(1), row.getBigDecimal(2)))
                .get(0);
    }

    private static String modular(BigDecimal high, BigDecimal low) {
        BigInteger sum = high.toBigIntegerExact()
                .multiply(WORD)
                .add(low.toBigIntegerExact())
                .mod(MODULUS);
        return String.format("%032x", sum);
    }
}
