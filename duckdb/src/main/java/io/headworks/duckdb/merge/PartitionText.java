package io.headworks.duckdb.merge;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows by the partition they belong to. A table that is not partitioned is one partition, NULL. */
final class PartitionText {
    private final SqlRunner sql;
    private final String expression;

    PartitionText(SqlRunner sql, @Nullable Partitioning partitioning, Schema schema) {
        this.sql = sql;
        this.expression = partitioning == null ? "CAST(NULL AS VARCHAR)" : PartitionSql.text(partitioning, schema);
    }

    PartitionRows count(Relation rows) {
        return count(rows, "true");
    }

    /** @param condition over the columns of the rows */
    PartitionRows count(Relation rows, String condition) {
        Map<@Nullable String, Long> counts = new HashMap<>();
        sql.query(
                "SELECT " + expression + ", count(*) FROM (" + rows.sql() + ") AS t WHERE " + condition + " GROUP BY 1",
                row -> counts.put(row.getString(1), row.getLong(2)));
        return new PartitionRows(counts);
    }

    /** The rows of none of these partitions. */
    Relation outside(Relation rows, Set<@Nullable String> partitions) {
        String condition = partitions.isEmpty() ? "true" : "NOT (" + in(partitions) + ")";
        return new Relation(
                "SELECT " + DuckSql.names(rows.schema().names()) + " FROM (" + rows.sql() + ") WHERE " + condition,
                rows.schema(),
                rows.hidden());
    }

    private String in(Collection<@Nullable String> partitions) {
        String texts =
                partitions.stream().filter(Objects::nonNull).map(DuckSql::text).collect(Collectors.joining(", "));
        String isNull = partitions.contains(null) ? expression + " IS NULL" : "false";
        return texts.isEmpty() ? isNull : isNull + " OR coalesce(" + expression + " IN (" + texts + "), false)";
    }
}
