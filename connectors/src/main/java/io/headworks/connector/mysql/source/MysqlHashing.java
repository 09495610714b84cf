package io.headworks.connector.mysql.source;

import io.headworks.api.diff.RowHashing;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.connector.mysql.session.MysqlSessions;
import io.headworks.connector.server.ServerHashing;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows hashed by MySQL. */
final class MysqlHashing implements ServerHashing.Hasher {
    private final Session session;

    /** The session that holds the snapshot, and what an extract is in it. */
    interface Session {
        Connection connection() throws SQLException;

        ExtractSelect select(Extract extract) throws SQLException;
    }

    MysqlHashing(Session session) {
        this.session = session;
    }

    @Override
    public @Nullable String refusal(RowHashing hashing) {
        return hashing.columns().stream()
                .filter(column -> !CellText.makes(column.form(), column.type()))
                .findFirst()
                .map(column -> "column '" + column.name() + "' is " + column.type()
                        + ", of which the server has no exact text")
                .orElse(null);
    }

    @Override
    public Connection connection() throws SQLException {
        return session.connection();
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
    public void check(BigDecimal sum) {
        if (sum.compareTo(HashSql.TOO_LONG) >= 0) {
            throw new HeadworksException(
                    FailureKind.RESOURCES,
                    "Cannot hash a row: it is longer than the server's max_allowed_packet",
                    "raise it, or leave the longest column out with --exclude");
        }
    }

    @Override
    public void cancel(Statement running) throws SQLException {
        MysqlSessions.cancelQuery(running.getConnection());
    }
}
