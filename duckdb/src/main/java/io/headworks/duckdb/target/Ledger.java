package io.headworks.duckdb.target;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger rows of one attached file. */
final class Ledger {
    private final SqlRunner sql;
    private final OwnTables own;

    Ledger(SqlRunner sql, String catalog) {
        this.sql = sql;
        this.own = new OwnTables(sql, catalog);
    }

    Optional<LedgerRow> row(LedgerKey key, String runId, int epoch) {
        return rows(is(key) + " AND run_id = " + DuckSql.text(runId) + " AND epoch = " + epoch, "run_id").stream()
                .findFirst();
    }

    /** The newest row that moved the position. */
    Optional<LedgerRow> lastLive(LedgerKey key) {
        return rows(is(key) + " AND kind = 'live'", "run_number DESC, epoch DESC LIMIT 1").stream()
                .findFirst();
    }

    List<LedgerRow> of(String projectId, String environment) {
        return rows(
                "project_id = " + DuckSql.text(projectId) + " AND environment = " + DuckSql.text(environment),
                "committed_at, run_number, epoch, dataset, pipeline, tenant");
    }

    /** The highest run number that any pipeline committed into a dataset; 0 when there is none. */
    long lastRunNumber(String dataset) {
        return own.has(LedgerTables.LEDGER)
                ? sql.number("SELECT coalesce(max(run_number), 0) FROM " + own.sql(LedgerTables.LEDGER)
                        + " WHERE dataset = " + DuckSql.text(dataset))
                : 0;
    }

    /**
     * Adds a row.
     *
     * @throws HeadworksException of kind INTERNAL when its run number is not above those of all other runs
     */
    void add(LedgerRow row) {
        long last = sql.number("SELECT coalesce(max(run_number), 0) FROM " + own.sql(LedgerTables.LEDGER)
                + " WHERE dataset = " + DuckSql.text(row.key().dataset()) + " AND run_id <> "
                + DuckSql.text(row.runId()));
        if (row.runNumber() <= last) {
            throw new HeadworksException(
                    FailureKind.INTERNAL,
                    "Cannot record run " + row.runId() + " of " + row.key().dataset() + ": its number is "
                            + row.runNumber() + " (allowed: above " + last + ")");
        }
        sql.update("INSERT INTO " + own.sql(LedgerTables.LEDGER) + " ("
                + DuckSql.names(LedgerTables.LEDGER_COLUMNS.names()) + ") VALUES ("
                + Literals.list(LedgerTables.values(row)) + ")");
    }

    private List<LedgerRow> rows(String where, String order) {
        return own.has(LedgerTables.LEDGER)
                ? sql.query(
                        "SELECT " + own.selectList(LedgerTables.LEDGER) + " FROM " + own.sql(LedgerTables.LEDGER)
                                + " WHERE " + where + " ORDER BY " + order,
                        Ledger::read)
                : List.of();
    }

    private static LedgerRow read(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : LedgerTables.LEDGER_COLUMNS.fields()) {
            values.add(
                    field.type() instanceof DataType.Timestamp
                            ? instant(row, field.name())
                            : row.getObject(field.name()));
        }
        return LedgerTables.row(values);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static String is(LedgerKey key) {
        return "project_id = " + DuckSql.text(key.projectId()) + " AND environment = " + DuckSql.text(key.environment())
                + " AND tenant = " + DuckSql.text(key.tenant()) + " AND pipeline = " + DuckSql.text(key.pipeline())
                + " AND dataset = " + DuckSql.text(key.dataset());
    }
}
