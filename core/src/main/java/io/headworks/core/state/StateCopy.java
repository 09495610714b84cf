package io.headworks.core.state;

import io.headworks.api.state.StateHome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** All rows of one state, as they stand at one moment, into another that has none. */
final class StateCopy {
    private static final int ROWS_AT_A_TIME = 500;
    private static final Map<String, List<String>> TABLES = tables();

    private StateCopy() {}

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("run", RunRows.COLUMNS);
        tables.put("plan", List.of("run_id", "document"));
        tables.put(
                "check_result",
                List.of(
                        "run_id",
                        "dataset",
                        "name",
                        "rule",
                        "severity",
                        "status",
                        "rows",
                        "failing_rows",
                        "observed",
                        "checked_at",
                        "environment",
                        "value"));
        tables.put(
                "position",
                List.of("environment", "pipeline", "dataset", "run_id", "run_number", "position", "committed_at"));
        tables.put(
                "slice",
                List.of(
                        "environment",
                        "pipeline",
                        "dataset",
                        "slice_from",
                        "slice_to",
                        "run_id",
                        "plan_hash",
                        "rows",
                        "committed_at",
                        "definition"));
        tables.put("slice_loaded", SliceRecord.LOADED);
        tables.put("slice_failed", SliceRecord.FAILED);
        tables.put("backfill", BackfillStore.COLUMNS);
        tables.put("incident", IncidentStore.COLUMNS);
        List<String> schemas = new ArrayList<>(SourceSchemas.KEY);
        schemas.addAll(SourceSchemas.OTHERS);
        tables.put("source_schema", schemas);
        tables.put("schedule_slot", SlotStore.COLUMNS);
        tables.put("schedule_cursor", SlotCursors.COLUMNS);
        tables.put("api_token", AccessTokens.COLUMNS);
        tables.put("audit", AuditTrail.COLUMNS);
        tables.put("request_key", RequestKeys.COLUMNS);
        return tables;
    }

    static boolean isEmpty(StateDatabase state) {
        return TABLES.keySet().stream()
                .allMatch(table -> state.query("select 1 from " + table + " limit 1", row -> row.getInt(1))
                        .isEmpty());
    }

    static void copy(StateDatabase from, StateDatabase to) {
        AtomicBoolean begun = new AtomicBoolean();
        to.inTransaction(() -> from.onSession(source -> {
            if (begun.getAndSet(true)) {
                throw new SQLException("the connection was lost while it was copied: try it again");
            }
            int usual = source.getTransactionIsolation();
            source.setAutoCommit(false);
            try {
                source.setTransactionIsolation(
                        from.home() instanceof StateFile
                                ? Connection.TRANSACTION_SERIALIZABLE
                                : Connection.TRANSACTION_REPEATABLE_READ);
                TABLES.forEach((table, columns) -> to.onSession(target -> {
                    table(source, target, to.home(), table, columns);
                    return true;
                }));
            } finally {
                source.rollback();
                source.setAutoCommit(true);
                source.setTransactionIsolation(usual);
            }
            return true;
        }));
    }

    private static void table(Connection from, Connection to, StateHome into, String table, List<String> columns)
            throws SQLException {
        String names = String.join(", ", columns);
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        try (Statement select = from.createStatement();
                PreparedStatement insert =
                        to.prepareStatement("insert into " + table + " (" + names + ") values (" + marks + ")")) {
            select.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet row = select.executeQuery("select " + names + " from " + table)) {
                for (int rows = 1; row.next(); rows++) {
                    for (int i = 1; i <= columns.size(); i++) {
                        Object value = row.getObject(i);
                        insert.setObject(i, value instanceof String text ? into.kept(text) : value);
                    }
                    insert.addBatch();
                    if (rows % ROWS_AT_A_TIME == 0) {
                        insert.executeBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }
}
