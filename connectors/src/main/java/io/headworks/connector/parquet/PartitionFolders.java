package io.headworks.connector.parquet;

import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.type.Schema;
import java.util.Locale;

/**
 * The key of {@code key=value} folders. Engines read it as one more column, typed by guess, which hides a column of the
 * same name inside the files: so it is never the name of a column of the table.
 */
final class PartitionFolders {
    private PartitionFolders() {}

    /** {@code order_date_month}, {@code country_value}; with {@code _} added until no column has the name. */
    static String key(Partitioning partitioning, Schema columns) {
        String unit = partitioning.by().name().toLowerCase(Locale.ROOT);
        StringBuilder key = new StringBuilder(PathText.encode(partitioning.column()) + "_" + unit);
        while (columns.names().stream().anyMatch(key.toString()::equalsIgnoreCase)) {
            key.append('_');
        }
        return key.toString();
    }
}
