package io.headworks.connector.relational;

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

/** Statements on the connection of a target; a failure is the database's own sentence behind "Cannot load into …". */
public final class Statements {
    private final Connection connection;
    private final Database database;
    private final String what;

    /** @param what reads "load into orders" */
    public Statements(Connection connection, Database database, String what) {
        this.connection = connection;
        this.database = database;
        this.what = what;
    }

    public Connection connection() {
        return connection;
    }

    public Database database() {
        return database;
    }

    public Spelling spelling() {
        return database.spelling();
    }

    /** Runs something on the connection. */
    public <T> T run(Work<T> work) {
        return run(what, work);
    }

    /** @param doing reads "look at orders" */
    public <T> T run(String doing, Work<T> work) {
        try {
            FailPoint.K25.passOr(SQLException::new);
            return work.run();
        } catch (SQLException failed) {
            throw database.failure(doing, FailureKind.TARGET_UNREACHABLE, failed);
        }
    }

    public void execute(String sql) {
        run(() -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** Changes rows of the table and answers how many. */
    public long write(String sql, @Nullable Object... parameters) {
        long rows = update(sql, parameters);
        FailPoint.K13.pass();
        return rows;
    }

    public long update(String sql, @Nullable Object... parameters) {
        return run(() -> {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                return statement.executeLargeUpdate();
            }
        });
    }

    public long number(String sql, @Nullable Object... parameters) {
        return query(sql, row -> row.getLong(1), parameters).get(0);
    }

    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
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

    /** Work on a connection. */
    public interface Work<T> {
        T run() throws SQLException;
    }

    /** Reads one row of a result. */
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
