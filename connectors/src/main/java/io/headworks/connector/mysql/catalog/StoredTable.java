package io.headworks.connector.mysql.catalog;

import io.headworks.api.dataset.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something rows can be read from by name.
 *
 * @param rows the server's estimate; null where it has none
 * @param engine null for a view
 */
public record StoredTable(
        TableName name,
        boolean view,
        @Nullable String engine,
        @Nullable Long rows,
        @Nullable Long bytes,
        List<StoredColumn> columns,
        List<String> primaryKey) {
    public StoredTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** True when a transaction sees one state of it, and can take back what it wrote. */
    public boolean isTransactional() {
        return engine == null || engine.equalsIgnoreCase("InnoDB") || engine.equalsIgnoreCase("RocksDB");
    }
}
