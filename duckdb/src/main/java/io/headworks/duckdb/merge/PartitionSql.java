package io.headworks.duckdb.merge;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;

/** The text of the partition a row belongs to; sessions run in UTC, so calendar units are UTC's. */
public final class PartitionSql {
    private PartitionSql() {}

    /** An expression over columns; NULL where the column is NULL. */
    public static String text(Partitioning partitioning, Schema schema) {
        DataType type = schema.field(partitioning.column())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot partition by '" + partitioning.column() + "': no such column (columns: " + schema
                                + ")"))
                .type();
        String column = DuckSql.name(partitioning.column());
        if (partitioning.by() == Partitioning.By.VALUE) {
            return "CAST(" + column + " AS VARCHAR)";
        }
        if (!type.isTime()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot partition by " + partitioning.by().name().toLowerCase(java.util.Locale.ROOT) + " of '"
                            + partitioning.column() + "': its type is " + type
                            + " (allowed: date, timestamp, timestamptz)");
        }
        return "strftime(" + column + ", '" + format(partitioning.by()) + "')";
    }

    private static String format(Partitioning.By by) {
        return switch (by) {
            case YEAR -> "%Y";
            case MONTH -> "%Y-%m";
            case DAY -> "%Y-%m-%d";
            case HOUR -> "%Y-%m-%dT%H";
            case VALUE -> throw new IllegalArgumentException("a value has no calendar format");
        };
    }
}
