package io.headworks.duckdb.engine;

import io.headworks.api.engine.SqlInspector;
import io.headworks.api.run.Cancellation;
import io.headworks.duckdb.inspect.SqlFindings;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Reads SQL on a connection of its own, opened at the first text. */
final class DuckDbInspector implements SqlInspector {
    private final Connecting connecting;
    private @Nullable SessionSql sql;

    /** Opens the connection. */
    interface Connecting {
        DuckDBConnection connect() throws SQLException;
    }

    DuckDbInspector(Connecting connecting) {
        this.connecting = connecting;
    }

    @Override
    public List<Finding> inspect(List<Text> texts) {
        return texts.isEmpty() ? List.of() : SqlFindings.of(connected(), texts);
    }

    private SessionSql connected() {
        if (sql == null) {
            try {
                sql = new SessionSql(connecting.connect(), new Cancellation());
            } catch (SQLException failed) {
                throw EngineErrors.of(failed);
            }
        }
        return sql;
    }

    @Override
    public void close() {
        if (sql != null) {
            sql.close();
            sql = null;
        }
    }
}
