package io.headworks.duckdb.target;

import io.headworks.api.engine.RejectColumns;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rejected rows kept in one attached file. */
final class DeadLetters {
    private static final List<String> OURS =
            List.of("id", "project_id", "environment", "pipeline", "dataset", "run_id", "rejected_at");

    private final SqlRunner sql;
    private final OwnTables own;
    private final String table;

    DeadLetters(SqlRunner sql, String catalog) {
        this.sql = sql;
        this.own = new OwnTables(sql, catalog);
        this.table = own.sql(LedgerTables.DEAD_LETTER);
    }

    /** Adds rows, identified by run and a number that goes on from those the run already wrote. */
    long add(LedgerKey key, String runId, Instant rejectedAt, Relation rejects) {
        long before = sql.number("SELECT count(*) FROM " + table + " WHERE run_id = " + DuckSql.text(runId));
        String reject = DuckSql.names(RejectColumns.SCHEMA.names());
        String id = DuckSql.text(runId + "-") + " || CAST(" + before + " + row_number() OVER () AS VARCHAR)";
        return sql.update("INSERT INTO " + table + " (" + DuckSql.names(OURS) + ", " + reject + ") SELECT " + id + ", "
                + Literals.list(
                        List.of(key.projectId(), key.environment(), key.pipeline(), key.dataset(), runId, rejectedAt))
                + ", " + reject + " FROM (" + rejects.sql() + ") AS r");
    }

    /** Marks letters as resolved; one that is unknown or resolved already is refused. */
    void resolve(List<String> ids, String runId, Instant resolvedAt) {
        Set<String> wanted = new LinkedHashSet<>(ids);
        if (wanted.isEmpty()) {
            return;
        }
        String open = "id IN (" + DuckSql.texts(wanted) + ") AND resolved_run_id IS NULL";
        Set<String> found =
                new LinkedHashSet<>(sql.query("SELECT id FROM " + table + " WHERE " + open, row -> row.getString(1)));
        for (String id : wanted) {
            if (!found.contains(id)) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot resolve dead letter " + id + ": it does not exist or is resolved already");
            }
        }
        sql.update("UPDATE " + table + " SET resolved_run_id = " + DuckSql.text(runId) + ", resolved_at = "
                + Literals.instant(resolvedAt) + " WHERE " + open);
    }

    /** One statement is a transaction of its own. */
    long expire(LedgerKey of, Instant before) {
        return own.has(LedgerTables.DEAD_LETTER)
                ? sql.update(
                        "DELETE FROM " + table + " WHERE " + are(of) + " AND rejected_at < " + Literals.instant(before))
                : 0;
    }

    private static String are(LedgerKey of) {
        return "project_id = " + DuckSql.text(of.projectId()) + " AND environment = " + DuckSql.text(of.environment())
                + " AND pipeline = " + DuckSql.text(of.pipeline());
    }

    List<DeadLetter> list(LedgerKey of, boolean resolvedToo, int limit) {
        return own.has(LedgerTables.DEAD_LETTER)
                ? sql.query(
                        "SELECT " + own.selectList(LedgerTables.DEAD_LETTER) + " FROM " + table + " WHERE " + are(of)
                                + (resolvedToo ? "" : " AND resolved_run_id IS NULL")
                                + " ORDER BY rejected_at DESC, run_id DESC, length(id), id LIMIT " + limit,
                        DeadLetters::read)
                : List.of();
    }

    private static DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("id"),
                row.getString("pipeline"),
                row.getString("dataset"),
                row.getString("run_id"),
                Objects.requireNonNull(Ledger.instant(row, "rejected_at"), "rejected_at is never NULL"),
                row.getString("stage"),
                row.getString("code"),
                row.getString("rule"),
                row.getString("reason"),
                row.getString("source"),
                number(row, "line"),
                number(row, "byte_offset"),
                row.getString("column_name"),
                row.getString("payload"),
                row.getString("raw"),
                row.getString("resolved_run_id"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
