package io.headworks.duckdb.target;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.engine.Looks;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger rows of one attached file. */
final class Ledger {
    private final SqlRunner sql;
    private final OwnTables own;
    private final @Nullable Looks looks;

    Ledger(SqlRunner sql, String catalog) {
        this(sql, new OwnTables(sql, catalog), null);
    }

    /** @param looks at all pipelines, where they are remembered; null to look at one, now */
    Ledger(SqlRunner sql, OwnTables own, @Nullable Looks looks) {
        this.sql = sql;
        this.own = own;
        this.looks = looks;
    }

    Optional<LedgerRow> row(LedgerKey key, String runId, int epoch) {
        return rows(is(key) + " AND run_id = " + DuckSql.text(runId) + " AND epoch = " + epoch, "run_id").stream()
                .findFirst();
    }

    /** The newest row that moved the position. */
    Optional<LedgerRow> lastLive(LedgerKey key) {
        if (looks != null && looks.atAll()) {
            return Optional.ofNullable(looks.seen("last loads", this::lastOfAll).get(key));
        }
        return rows(is(key) + " AND kind = 'live'", "run_number DESC, epoch DESC LIMIT 1").stream()
                .findFirst();
    }

    private Map<LedgerKey, LedgerRow> lastOfAll() {
        Map<LedgerKey, LedgerRow> last = new HashMap<>();
        rows(
                        "kind = 'live' QUALIFY row_number() OVER (PARTITION BY project_id, environment, tenant, pipeline,"
                                + " dataset ORDER BY run_number DESC, epoch DESC) = 1",
                        "dataset")
                .forEach(row -> last.put(row.key(), row));
        return last;
    }

    List<LedgerRow> of(String projectId, String environment) {
        return rows(
                "project_id = " + DuckSql.text(projectId) + " AND environment = " + DuckSql.text(environment),
                "committed_at, run_number, epoch, dataset, pipeline, tenant");
    }

    /** The highest run number that any pipeline committed into a dataset; 0 when there is none. */
    long lastRunNumber(String dataset) {
        if (looks != null && looks.atAll()) {
            return looks.seen("last runs", this::lastRunsOfAll).getOrDefault(dataset, 0L);
        }
        return own.has(LedgerTables.LEDGER)
                ? sql.number("SELECT coalesce(max(run_number), 0) FROM " + own.sql(LedgerTables.LEDGER)
                        + " WHERE dataset = " + DuckSql.text(dataset))
                : 0;
    }

    private Map<String, Long> lastRunsOfAll() {
        Map<String, Long> last = new HashMap<>();
        if (own.has(LedgerTables.LEDGER)) {
            sql.query(
                            "SELECT dataset, max(run_number) FROM " + own.sql(LedgerTables.LEDGER)
                                    + " GROUP BY dataset",
                            row -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(entry -> last.put(entry.getKey(), entry.getValue()));
        }
        return last;
    }

    /**
     * Adds a row.
     *
     * @throws HeadworksException of kind HELD when its run number is not above those of all other runs
     */
    void add(LedgerRow row) {
        long last = sql.number("SELECT coalesce(max(run_number), 0) FROM " + own.sql(LedgerTables.LEDGER)
                + " WHERE dataset = " + DuckSql.text(row.key().dataset()) + " AND run_id <> "
                + DuckSql.text(row.runId()));
        row.requireAbove(last);
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
