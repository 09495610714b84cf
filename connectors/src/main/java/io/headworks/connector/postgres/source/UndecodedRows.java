package io.headworks.connector.postgres.source;

import io.headworks.api.source.Extract;
import io.headworks.api.source.Frames;
import io.headworks.connector.postgres.catalog.StoredTable;
import io.headworks.connector.postgres.copy.CopyFrames;
import io.headworks.connector.postgres.session.PostgresErrors;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** A table's rows as its server writes them in binary COPY. */
final class UndecodedRows {
    private static final String TYPES = """
            SELECT a.attname, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid),
                CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END)
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped""";

    private UndecodedRows() {}

    /** Empty for what is no table, and where columns are asked for as something that they are not. */
    static Optional<Frames> of(Snapshot state, ExtractSelect select, Extract extract, PostgresErrors errors)
            throws SQLException {
        StoredTable table = select.table();
        boolean asStored =
                extract.knownTypes().isEmpty() && extract.columns().stream().allMatch(choice -> choice.type() == null);
        if (table == null || !asStored) {
            return Optional.empty();
        }
        String from = PostgresSql.name(table.schema()) + "." + PostgresSql.name(table.name());
        String where = extract.where() == null
                ? ""
                : " WHERE " + PostgresSql.inside(extract.where(), "the where of " + select.name());
        return Optional.of(new Frames(
                CopyFrames.FORM,
                types(state.holder(), table.oid()),
                columns -> errors.translate(
                        "read " + select.name(),
                        () -> open(
                                state,
                                "COPY (SELECT " + names(columns) + " FROM " + from + where
                                        + ") TO STDOUT (FORMAT binary)",
                                columns.size(),
                                select.name(),
                                errors))));
    }

    private static String names(List<String> columns) {
        return columns.stream().map(PostgresSql::name).collect(Collectors.joining(", "));
    }

    private static Map<String, String> types(Connection session, long table) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(TYPES)) {
            statement.setLong(1, table);
            Map<String, String> types = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.put(row.getString(1), row.getString(2));
                }
            }
            return types;
        }
    }

    /** A session of the snapshot's. */
    private record Lent(Snapshot state, Connection session) implements CopyFrames.Session {
        @Override
        public void abort() throws SQLException {
            session.abort(Runnable::run);
        }

        @Override
        public void close() throws SQLException {
            state.leave(session);
        }
    }

    private static Frames.Reader open(Snapshot state, String copy, int columns, String name, PostgresErrors errors)
            throws SQLException {
        Connection session = state.join();
        try {
            return new CopyFrames(
                    session.unwrap(PGConnection.class).getCopyAPI().copyOut(copy),
                    columns,
                    name,
                    errors::of,
                    new Lent(state, session));
        } catch (SQLException failed) {
            state.leave(session);
            throw failed;
        }
    }
}
