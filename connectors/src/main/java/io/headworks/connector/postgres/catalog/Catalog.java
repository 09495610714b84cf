package io.headworks.connector.postgres.catalog;

import io.headworks.api.dataset.TableName;
import io.headworks.api.source.SourceTable;
import io.headworks.api.source.TableListing;
import io.headworks.connector.postgres.session.PostgresSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks things up in the catalogue of one session, in its snapshot. */
public final class Catalog {
    private static final String TABLES = """
            SELECT CASE WHEN n.nspname = current_schema() THEN NULL ELSE n.nspname END, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'headworks') AND n.nspname NOT LIKE 'pg\\_t%'
              AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
            ORDER BY n.nspname, c.relname""";
    /** What this user may not read is among them: that it cannot be read is for the one who asks for it to hear. */
    private static final String LISTING = """
            SELECT n.nspname, c.relname, n.nspname = current_schema(), c.relkind IN ('v', 'm'), a.attname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'headworks') AND n.nspname NOT LIKE 'pg\\_t%'
            ORDER BY n.nspname, c.relname, a.attnum""";

    private static final String TABLE = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, row_security_active(c.oid), c.relreplident
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = ?
              AND (n.nspname = ? OR ?::text IS NULL AND n.nspname = ANY (current_schemas(true)))
            ORDER BY array_position(current_schemas(true), n.nspname) NULLS LAST LIMIT 1""";
    /**
     * A partitioned table is as large as its leaves; a table that others inherit from, as itself and them. Version 13 says
     * that a table has no row where it does not know.
     */
    private static final String SIZE = """
            WITH RECURSIVE parts(oid) AS (
                SELECT ?::oid UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN parts p ON p.oid = i.inhparent)
            SELECT CASE WHEN min(c.reltuples) < 0 OR current_setting('server_version_num')::int < 140000
                     AND (max(c.relpages) = 0 OR bool_or(c.relpages = 0 AND pg_relation_size(c.oid) > 0))
                   THEN NULL ELSE sum(c.reltuples)::bigint END,
                   sum(pg_table_size(c.oid))::bigint, max(pg_relation_size(c.oid) / current_setting('block_size')::int),
                   bool_and(c.relkind IN ('r', 'm') AND am.amname = 'heap')
            FROM parts p JOIN pg_catalog.pg_class c ON c.oid = p.oid LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
            WHERE c.relkind IN ('r', 'm', 'f')""";

    private static final String COLUMNS = """
            SELECT a.attname, a.atttypid, a.atttypmod, a.attnotnull,
                   EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum)
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""";
    private static final String PRIMARY_KEY = """
            SELECT a.attname
            FROM pg_catalog.pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
              JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ? AND i.indisprimary ORDER BY k.place""";

    private final Connection connection;
    private final Types types;
    private final Map<TableName, Optional<StoredTable>> known = new HashMap<>();

    public Catalog(Connection connection) {
        this.connection = connection;
        this.types = new Types(connection);
    }

    /** What this user may read; without the schema where it is the one of the session. */
    public List<TableName> tables() throws SQLException {
        List<TableName> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tables.add(new TableName(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    /** All tables with their columns, in one query. */
    public List<SourceTable> listing() throws SQLException {
        TableListing tables = new TableListing();
        try (PreparedStatement statement = connection.prepareStatement(LISTING);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                TableName name = new TableName(row.getString(1), row.getString(2));
                tables.add(name, row.getBoolean(3), row.getBoolean(4), row.getString(5));
            }
        }
        return tables.tables();
    }

    /** The table of that name; one whose own name has a dot is found too. Looked up once. */
    public Optional<StoredTable> table(TableName name) throws SQLException {
        Optional<StoredTable> table = known.get(name);
        if (table == null) {
            table = look(name);
            known.put(name, table);
        }
        return table;
    }

    private Optional<StoredTable> look(TableName name) throws SQLException {
        Optional<StoredTable> found = table(name.schema(), name.table());
        return found.isPresent() || name.schema() == null ? found : table(null, name.schema() + "." + name.table());
    }

    private Optional<StoredTable> table(@Nullable String schema, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, PostgresSql.NAMES.fitted(name));
            statement.setString(2, schema);
            statement.setString(3, schema);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(table(row)) : Optional.empty();
            }
        }
    }

    private StoredTable table(ResultSet found) throws SQLException {
        long oid = found.getLong(1);
        try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
            statement.setLong(1, oid);
            try (ResultSet size = statement.executeQuery()) {
                size.next();
                return new StoredTable(
                        oid,
                        found.getString(2),
                        found.getString(3),
                        found.getString(4).charAt(0),
                        number(size, 1),
                        number(size, 2),
                        size.getLong(3),
                        size.getBoolean(4),
                        found.getBoolean(5),
                        found.getString(6).charAt(0),
                        columns(oid),
                        primaryKey(oid));
            }
        }
    }

    private static @Nullable Long number(ResultSet row, int index) throws SQLException {
        long number = row.getLong(index);
        return row.wasNull() ? null : number;
    }

    private List<StoredColumn> columns(long table) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new StoredColumn(
                            row.getString(1),
                            types.find(row.getLong(2)),
                            row.getInt(3),
                            row.getBoolean(4),
                            row.getBoolean(5)));
                }
            }
        }
        return columns;
    }

    private List<String> primaryKey(long table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(PRIMARY_KEY)) {
            statement.setLong(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(row.getString(1));
                }
            }
        }
        return columns;
    }

    /** The columns of what stands after FROM, found by having the server read it. */
    public List<StoredColumn> columnsFrom(String from) throws SQLException {
        return new QueryColumns(connection, types).from(from);
    }
}
