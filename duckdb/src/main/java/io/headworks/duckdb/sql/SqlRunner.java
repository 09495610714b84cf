package io.headworks.duckdb.sql;

import io.headworks.api.type.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs statements on the session's one connection. Every failure is a HeadworksException with the engine's own
 * sentence; a cancelled statement one of kind CANCELLED.
 */
public interface SqlRunner {

    void execute(String sql);

    /** Runs a statement that changes rows and answers how many. */
    long update(String sql);

    <T> List<T> query(String sql, RowMapper<T> mapper);

    /** The single value of the single row. */
    long number(String sql);

    /** The columns of a SELECT, without running it. */
    Schema describe(String sql);

    /** Reads one row of a result. */
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
