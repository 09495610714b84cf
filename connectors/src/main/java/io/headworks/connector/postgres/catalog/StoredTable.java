package io.headworks.connector.postgres.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something rows can be read from by name.
 *
 * @param kind {@code relkind}: r table, p partitioned table, v view, m materialised view, f foreign table
 * @param rows the server's estimate; null where it has none
 * @param pages of 8 KB, of the largest part; 0 where it has no pages
 * @param hasPages true when every part is stored in pages of this server
 * @param rowSecurity true when a policy may hide rows from this user
 * @param replicaIdentity {@code relreplident}
 */
public record StoredTable(
        long oid,
        String schema,
        String name,
        char kind,
        @Nullable Long rows,
        @Nullable Long bytes,
        long pages,
        boolean hasPages,
        boolean rowSecurity,
        char replicaIdentity,
        List<StoredColumn> columns,
        List<String> primaryKey) {
    public StoredTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
