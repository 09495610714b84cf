package io.headworks.connector.relational;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.engine.RejectColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerTables;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rejected rows kept in a database. */
final class DeadLetters {
    private static final List<String> OURS =
            List.of("id", "project_id", "environment", "pipeline", "dataset", "run_id", "rejected_at");

    private static final String WHOSE = " WHERE project_id = ? AND environment = ? AND pipeline = ?";

    private final Statements sql;
    private final String letters;

    DeadLetters(Statements sql) {
        this.sql = sql;
        this.letters = sql.spelling().own(LedgerTables.DEAD_LETTER);
    }

    /** Adds rows, identified by run and a number that goes on from those the run already wrote. */
    long add(LedgerKey key, String runId, Instant rejectedAt, BatchReader rejects) throws IOException {
        long number = sql.number("SELECT count(*) FROM " + letters + " WHERE run_id = ?", runId);
        List<String> columns = new ArrayList<>(OURS);
        columns.addAll(RejectColumns.SCHEMA.names());
        String insert = "INSERT INTO " + letters + " (" + sql.spelling().ownColumns(columns) + ") VALUES ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
        List<@Nullable Object> ours = Arrays.asList(
                key.projectId(),
                key.environment(),
                key.pipeline(),
                key.dataset(),
                runId,
                sql.database().parameter(rejectedAt));
        long added = 0;
        try (PreparedStatement statement = sql.connection().prepareStatement(insert)) {
            for (ColumnBatch batch = rejects.next(); batch != null; batch = rejects.next()) {
                for (int row = 0; row < batch.rows(); row++) {
                    added++;
                    statement.setString(1, runId + "-" + (number + added));
                    for (int i = 0; i < ours.size(); i++) {
                        statement.setObject(i + 2, ours.get(i));
                    }
                    for (int i = 0; i < batch.columns().size(); i++) {
                        statement.setObject(i + 8, value(batch.columns().get(i), row));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        } catch (SQLException failed) {
            throw sql.database().failure("write dead letters", FailureKind.TARGET_UNREACHABLE, failed);
        }
        return added;
    }

    private static @Nullable Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof Column.Texts texts) {
            return texts.values()[row];
        } else if (column instanceof Column.Longs longs) {
            return longs.values()[row];
        }
        throw new IllegalStateException("a rejected row has only texts and whole numbers, found " + column.getClass());
    }

    /** Marks letters as resolved; one that is unknown or resolved already is refused. */
    void resolve(List<String> ids, String runId, Instant resolvedAt) {
        for (String id : new LinkedHashSet<>(ids)) {
            long resolved = sql.update(
                    "UPDATE " + letters
                            + " SET resolved_run_id = ?, resolved_at = ? WHERE id = ? AND resolved_run_id IS NULL",
                    runId,
                    sql.database().parameter(resolvedAt),
                    id);
            if (resolved != 1) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot resolve dead letter " + id + ": it does not exist or is resolved already");
            }
        }
    }

    /** In a transaction of the caller's. */
    long expire(LedgerKey of, Instant before) {
        return OwnTables.exists(sql, LedgerTables.DEAD_LETTER)
                ? sql.update(
                        "DELETE FROM " + letters + WHOSE + " AND rejected_at < ?",
                        of.projectId(),
                        of.environment(),
                        of.pipeline(),
                        sql.database().parameter(before))
                : 0;
    }

    List<DeadLetter> list(LedgerKey of, boolean resolvedToo, int limit) {
        return OwnTables.exists(sql, LedgerTables.DEAD_LETTER)
                ? sql.query(
                        "SELECT * FROM " + letters + WHOSE
                                + (resolvedToo ? "" : " AND resolved_run_id IS NULL")
                                + " ORDER BY rejected_at DESC, run_id DESC, length(id), id "
                                + sql.spelling().first(limit),
                        this::read,
                        of.projectId(),
                        of.environment(),
                        of.pipeline())
                : List.of();
    }

    private DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("id"),
                row.getString("pipeline"),
                row.getString("dataset"),
                row.getString("run_id"),
                Objects.requireNonNull(sql.database().instant(row, "rejected_at"), "rejected_at is never NULL"),
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
