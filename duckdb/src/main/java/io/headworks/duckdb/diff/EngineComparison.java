package io.headworks.duckdb.diff;

import io.headworks.api.diff.Bucket;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.RowComparison;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Relations of one session against each other. */
public final class EngineComparison implements RowComparison {
    private final SqlRunner sql;
    private final UnaryOperator<String> workTable;

    /** @param workTable answers a table's name in SQL that nothing else has; the table goes with the session */
    public EngineComparison(SqlRunner sql, UnaryOperator<String> workTable) {
        this.sql = sql;
        this.workTable = workTable;
    }

    @Override
    public List<Bucket> buckets(Relation rows, RowHashing hashing) {
        HashSql hash = new HashSql(hashing);
        return sql.query(
                "SELECT bucket, count(*), CAST(sum(hash) AS VARCHAR) FROM (SELECT " + hash.bucket() + " AS bucket, "
                        + hash.rowHash() + " AS hash FROM " + from(rows) + ") GROUP BY bucket",
                row -> new Bucket(row.getInt(1), row.getLong(2), new BigInteger(row.getString(3)).longValue()));
    }

    @Override
    public Repeated repeated(Relation rows, RowHashing hashing) {
        HashSql hash = new HashSql(hashing);
        return sql.query(
                        "SELECT count(*), coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM " + from(rows) + " WHERE "
                                + hash.keyWithoutNull() + " GROUP BY " + hash.keyTexts() + " HAVING count(*) > 1)",
                        row -> new Repeated(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    @Override
    public Relation within(Relation rows, RowHashing hashing, Set<Integer> buckets) {
        return new Relation(
                "SELECT " + DuckSql.names(rows.schema().names()) + " FROM " + from(rows) + " WHERE "
                        + new HashSql(hashing).bucketIn(buckets),
                rows.schema(),
                List.of());
    }

    @Override
    public Differences compare(Side left, Side right, int keys, List<@Nullable Tolerance> tolerances) {
        return new PairedRows(sql, workTable, left, right, keys, tolerances).compare();
    }

    @Override
    public void write(Relation rows, Path file) {
        String format =
                file.toString().endsWith(".parquet") ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT csv, HEADER";
        sql.execute("COPY (" + rows.sql() + ") TO " + DuckSql.text(file.toString()) + " (" + format + ")");
    }

    private static String from(Relation relation) {
        return "(" + relation.sql() + ") AS r";
    }
}
