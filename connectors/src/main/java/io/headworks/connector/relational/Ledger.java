package io.headworks.connector.relational;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger rows of a database. */
final class Ledger {
    private static final String IS_KEY =
            "project_id = ? AND environment = ? AND tenant = ? AND pipeline = ? AND dataset = ?";

    private final Statements sql;
    private final String ledger;

    Ledger(Statements sql) {
        this.sql = sql;
        this.ledger = sql.spelling().own(LedgerTables.LEDGER);
    }

    Optional<LedgerRow> row(LedgerKey key, String runId, int epoch) {
        return rows(IS_KEY + " AND run_id = ? AND epoch = ?", "run_id", parameters(key, runId, epoch)).stream()
                .findFirst();
    }

    /** The newest row that moved the position. */
    Optional<LedgerRow> lastLive(LedgerKey key) {
        return rows(
                        IS_KEY + " AND kind = 'live'",
                        "run_number DESC, epoch DESC " + sql.spelling().first(1),
                        parameters(key))
                .stream()
                .findFirst();
    }

    List<LedgerRow> of(String projectId, String environment) {
        return rows(
                "project_id = ? AND environment = ?",
                "committed_at, run_number, epoch, dataset, pipeline, tenant",
                projectId,
                environment);
    }

    /** The highest run number that any pipeline committed into a dataset; 0 when there is none. */
    long lastRunNumber(String dataset) {
        return OwnTables.exists(sql, LedgerTables.LEDGER)
                ? sql.number("SELECT coalesce(max(run_number), 0) FROM " + ledger + " WHERE dataset = ?", dataset)
                : 0;
    }

    /**
     * Adds a row.
     *
     * @throws HeadworksException of kind HELD when its run number is not above those of all other runs
     */
    void add(LedgerRow row) {
        long last = sql.number(
                "SELECT coalesce(max(run_number), 0) FROM " + ledger + " WHERE dataset = ? AND run_id <> ?",
                row.key().dataset(),
                row.runId());
        row.requireAbove(last);
        List<String> columns = LedgerTables.LEDGER_COLUMNS.names();
        sql.update(
                "INSERT INTO " + ledger + " (" + sql.spelling().ownColumns(columns) + ") VALUES ("
                        + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")",
                LedgerTables.values(row).stream().map(sql.database()::parameter).toArray());
    }

    private List<LedgerRow> rows(String where, String order, @Nullable Object... parameters) {
        return OwnTables.exists(sql, LedgerTables.LEDGER)
                ? sql.query(
                        "SELECT * FROM " + ledger + " WHERE " + where + " ORDER BY " + order, this::read, parameters)
                : List.of();
    }

    private LedgerRow read(ResultSet row) throws SQLException {
        int version = row.getInt("ledger_version");
        if (version > LedgerRow.VERSION) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the ledger: its version is " + version + " (known: up to " + LedgerRow.VERSION + ")",
                    "use the newer release of Headworks that wrote it");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : LedgerTables.LEDGER_COLUMNS.fields()) {
            values.add(OwnTables.value(sql.database(), row, field));
        }
        return LedgerTables.row(values);
    }

    private static Object[] parameters(LedgerKey key, Object... more) {
        List<Object> parameters = new ArrayList<>(
                List.of(key.projectId(), key.environment(), key.tenant(), key.pipeline(), key.dataset()));
        parameters.addAll(List.of(more));
        return parameters.toArray();
    }
}
