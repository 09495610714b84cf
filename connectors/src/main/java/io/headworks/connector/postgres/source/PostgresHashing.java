package io.headworks.connector.postgres.source;

import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.source.Extract;
import io.headworks.connector.server.ServerHashing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows hashed by PostgreSQL. */
final class PostgresHashing implements ServerHashing.Hasher {
    /**
     * Memory for the groups of the most buckets, so that none of them is written to disk; and workers, which the server
     * would not use for as many rows as they answer, though each row costs a hash.
     */
    private static final List<String> SETTINGS = List.of(
            "SELECT set_config('work_mem', '64MB', true)"
                    + " WHERE pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('64MB')",
            "SELECT set_config('parallel_tuple_cost', '0', true)");

    private final Session session;

    /** The session that holds the snapshot, and what an extract is in it. */
    interface Session {
        Connection connection() throws SQLException;

        ExtractSelect select(Extract extract) throws SQLException;
    }

    PostgresHashing(Session session) {
        this.session = session;
    }

    @Override
    public @Nullable String refusal(RowHashing hashing) throws SQLException {
        Optional<HashedColumn> engines = hashing.columns().stream()
                .filter(column -> column.form().isEngines())
                .findFirst();
        if (engines.isPresent()) {
            return "column '" + engines.get().name() + "' is " + engines.get().type()
                    + ", of which the server makes another text";
        }
        String encoding = String.valueOf(Snapshot.text(session.connection(), "SHOW server_encoding"));
        return "UTF8".equals(encoding) ? null : "the database's texts are " + encoding + ", not UTF-8";
    }

    @Override
    public Connection connection() throws SQLException {
        Connection connection = session.connection();
        for (String setting : SETTINGS) {
            Snapshot.text(connection, setting);
        }
        return connection;
    }

    @Override
    public ServerHashing.HashStatements statements(Extract extract, RowHashing hashing) throws SQLException {
        return new HashSql(session.select(extract), hashing);
    }

    @Override
    public String name(Extract extract) {
        return ExtractSelect.name(extract);
    }

    @Override
    public void cancel(Statement running) throws SQLException {
        running.cancel();
    }
}
