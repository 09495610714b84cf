package io.headworks.connector.postgres.source;

import io.headworks.connector.postgres.catalog.StoredColumn;
import io.headworks.connector.postgres.catalog.StoredTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a user may want to know of a table before he writes a pipeline. */
final class Findings {
    private static final Set<String> UPDATE_TIMES = Set.of(
            "updated_at",
            "updated",
            "updated_on",
            "update_time",
            "modified_at",
            "modified",
            "modified_on",
            "last_modified",
            "last_updated",
            "last_update",
            "changed_at",
            "mtime",
            "row_updated_at");

    private final Connection connection;
    private final StoredTable table;

    Findings(Connection connection, StoredTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** What was found out, in the order in which it is shown. */
    Map<String, String> detected() throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("kind", kind());
        for (StoredColumn column : table.columns()) {
            boolean time = column.type().builtin() && column.type().name().startsWith("timestamp");
            if (time && UPDATE_TIMES.contains(column.name())) {
                found.put(
                        "update time", column.name() + (column.indexed() ? " (indexed)" : " (no index leads with it)"));
                break;
            }
        }
        found.put("change data capture", changeCapture());
        return found;
    }

    private String kind() {
        return switch (table.kind()) {
            case 'p' -> "partitioned table";
            case 'v' -> "view";
            case 'm' -> "materialised view";
            case 'f' -> "foreign table";
            default -> "table";
        };
    }

    private String changeCapture() throws SQLException {
        if (table.kind() != 'r' && table.kind() != 'p') {
            return "not possible: it is no table";
        }
        String level = Snapshot.text(connection, "SELECT current_setting('wal_level')");
        if (!"logical".equals(level)) {
            return "not possible: wal_level is " + level + " (needed: logical)";
        }
        boolean identified = table.replicaIdentity() != 'n'
                && (table.replicaIdentity() != 'd' || !table.primaryKey().isEmpty());
        if (!identified) {
            return "not possible: the table has no replica identity (a primary key gives one)";
        }
        String allowed = Snapshot.text(
                connection, "SELECT rolreplication OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user");
        return "t".equals(allowed) ? "possible" : "not possible: this user has no REPLICATION right";
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (table.rowSecurity()) {
            notes.add("row security of " + table.name() + " shows this user a part of its rows only");
        }
        return notes;
    }
}
