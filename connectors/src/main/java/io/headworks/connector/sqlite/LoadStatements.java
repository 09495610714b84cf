package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.run.FailPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements on the connection of a target; a failure is SQLite's own sentence behind "Cannot load into …". */
final class LoadStatements {
    private final Connection connection;
    private final String what;

    /** @param what reads "load into orders" */
    LoadStatements(Connection connection, String what) {
        this.connection = connection;
        this.what = what;
    }

    Connection connection() {
        return connection;
    }

    private <T> T run(SqliteErrors.Work<T> work) {
        return SqliteErrors.translate(what, FailureKind.TARGET_UNREACHABLE, work);
    }

    void execute(String sql) {
        run(() -> {
            SqliteFile.execute(connection, sql);
            return true;
        });
    }

    /** Changes rows of the table and answers how many. */
    long write(String sql, @Nullable Object... parameters) {
        long rows = update(sql, parameters);
        FailPoint.K13.pass();
        return rows;
    }

    long update(String sql, @Nullable Object... parameters) {
        return run(() -> {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                return statement.executeLargeUpdate();
            }
        });
    }

    long number(String sql, @Nullable Object... parameters) {
        return query(sql, row -> row.getLong(1), parameters).get(0);
    }

    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        return run(() -> {
            List<T> rows = new ArrayList<>();
            try (PreparedStatement statement = prepare(sql, parameters);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(mapper.map(row));
                }
            }
            return rows;
        });
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** True inside a transaction: SQLite begins none in another. */
    boolean inTransaction() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLException within) {
            return String.valueOf(within.getMessage()).contains("within a transaction");
        }
    }

    /** Reads one row of a result. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
