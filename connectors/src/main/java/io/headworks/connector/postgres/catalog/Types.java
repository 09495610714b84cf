package io.headworks.connector.postgres.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The types of one server, each looked up once; those that every server has, once for all. */
final class Types {
    private static final String QUERY = """
            SELECT t.typname, n.nspname = 'pg_catalog', t.typtype, format_type(t.oid, NULL),
                   CASE WHEN t.typcategory = 'A' AND t.typlen = -1 THEN t.typelem ELSE 0 END, t.typbasetype, t.typtypmod
            FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            WHERE t.oid = ?""";

    /** PostgreSQL gives numbers below this one by hand, and never to another type. */
    private static final long FIRST_GENERATED = 10_000;

    private static final Map<Long, PgType> BUILT_IN = new ConcurrentHashMap<>();

    private final Connection connection;
    private final Map<Long, PgType> known = new HashMap<>();

    Types(Connection connection) {
        this.connection = connection;
    }

    PgType find(long oid) throws SQLException {
        Map<Long, PgType> looked = oid < FIRST_GENERATED ? BUILT_IN : known;
        PgType type = looked.get(oid);
        if (type == null) {
            type = look(oid);
            looked.put(oid, type);
        }
        return type;
    }

    private PgType look(long oid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the catalogue has no type " + oid, "XX000");
                }
                char kind = row.getString(3).charAt(0);
                return new PgType(
                        row.getString(1),
                        row.getBoolean(2),
                        kind,
                        row.getString(4),
                        other(row.getLong(5)),
                        other(row.getLong(6)),
                        row.getInt(7),
                        kind == 'e' ? labels(oid) : List.of());
            }
        }
    }

    private @Nullable PgType other(long oid) throws SQLException {
        return oid == 0 ? null : find(oid);
    }

    private List<String> labels(long oid) throws SQLException {
        List<String> labels = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = ? ORDER BY enumsortorder")) {
            statement.setLong(1, oid);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    labels.add(row.getString(1));
                }
            }
        }
        return labels;
    }
}
