package io.headworks.connector.jdbc.dialect;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.Spelling.Assignment;
import io.headworks.connector.relational.WorkColumn;
import io.headworks.connector.server.TlsMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Apache Derby. Its temporary tables have no indexes, so that a work table is a table of the transaction: DDL is taken
 * back like the rest. Its casts of times to text pass through the calendar of the server's zone, so that a time is put
 * together from its numbers.
 */
final class DerbyForms implements Forms {
    private static final int LONGEST = 32_672;

    @Override
    public String url(String host, int port, String database, TlsMode tls) {
        return "jdbc:derby://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }

    /** The password is sent as a proof of it (mechanism 8), never as it is, unless the connection is encrypted. */
    @Override
    public Map<String, String> properties(TlsMode tls) {
        return tls == TlsMode.DISABLE
                ? Map.of("ssl", "off", "securityMechanism", "8", "retrieveMessageText", "true")
                : Map.of("ssl", "basic", "retrieveMessageText", "true");
    }

    @Override
    public List<String> sessionState() {
        return List.of();
    }

    @Override
    public boolean inUtc() {
        return false;
    }

    @Override
    public boolean changesCommit() {
        return false;
    }

    @Override
    public String clock() {
        return "VALUES " + clockText(DataType.TIMESTAMP, "CURRENT_TIMESTAMP");
    }

    @Override
    public String clockText(DataType type, String value) {
        String date = part("YEAR", value) + " || '-' || " + part("MONTH", value) + " || '-' || " + part("DAY", value);
        String time = part("HOUR", value) + " || ':' || " + part("MINUTE", value);
        if (type == Simple.DATE) {
            return date;
        } else if (type instanceof DataType.Time) {
            return time + " || ':' || " + part("SECOND", value);
        }
        // only the date and the hour of this text are bent by the server's zone
        return date + " || ' ' || " + time + " || ':' || SUBSTR(CAST(" + value + " AS VARCHAR(32)), 18)";
    }

    @Override
    public String clockType(String type, int digits) {
        return type;
    }

    private static String part(String unit, String value) {
        return "TRIM(CAST(" + unit + "(" + value + ") AS CHAR(4)))";
    }

    /** A plain literal passes through the calendar of the server's zone, what TRIM gives does not: measured. */
    @Override
    public String clockLiteral(DataType type, String text) {
        return type == Simple.DATE ? "DATE(" + Dialect.text(text) + ")" : "TIMESTAMP(TRIM(" + Dialect.text(text) + "))";
    }

    @Override
    public @Nullable String declared(DataType type) {
        if (type instanceof Simple simple) {
            return simple(simple);
        } else if (type instanceof DataType.Decimal decimal) {
            return decimal.precision() > 31 ? null : "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof DataType.Time time) {
            return time.digits() == 0 ? "TIME" : null;
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp.digits() <= 6 ? "TIMESTAMP" : null;
        }
        return Texts.declared(type, LONGEST);
    }

    private static @Nullable String simple(Simple type) {
        return switch (type) {
            case BOOLEAN -> "BOOLEAN";
            case INT8, INT16, UINT8 -> "SMALLINT";
            case INT32, UINT16 -> "INTEGER";
            case INT64, UINT32 -> "BIGINT";
            case UINT64 -> "DECIMAL(20,0)";
            case FLOAT -> "REAL";
            case DOUBLE -> "DOUBLE";
            case TEXT, JSON -> "VARCHAR(" + LONGEST + ")";
            case BINARY, GEOMETRY -> "VARCHAR(" + LONGEST + ") FOR BIT DATA";
            case DATE -> "DATE";
            case UUID -> "CHAR(36)";
            case INTERVAL, TIMETZ -> "VARCHAR(64)";
            case HUGEINT, NUMERIC -> null;
        };
    }

    @Override
    public DataType storedAs(DataType type) {
        if (type instanceof DataType.Timestamp) {
            return new DataType.Timestamp(6, false);
        } else if (type == Simple.UUID) {
            return new DataType.Bounded(36, false);
        }
        return switch (String.valueOf(declared(type))) {
            case "SMALLINT" -> Simple.INT16;
            case "INTEGER" -> Simple.INT32;
            case "BIGINT" -> Simple.INT64;
            case "DECIMAL(20,0)" -> new DataType.Decimal(20, 0);
            default -> Texts.storedAs(type, LONGEST);
        };
    }

    @Override
    public List<String> createBatch(String table, String cells, String keys) {
        return List.of("CREATE TABLE " + table
                + " (hw_row BIGINT NOT NULL PRIMARY KEY, hw_deletion BOOLEAN NOT NULL, hw_order BIGINT NOT NULL" + cells
                + ")");
    }

    @Override
    public String workTable(String table) {
        return table;
    }

    @Override
    public List<String> createWork(String table, List<WorkColumn> columns, String select) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + table
                + columns.stream()
                        .map(column -> column.name() + " " + column.declared())
                        .collect(Collectors.joining(", ", " (", ")")));
        statements.add("INSERT INTO " + table + " " + select);
        columns.stream()
                .filter(WorkColumn::indexed)
                .forEach(column -> statements.add(
                        "CREATE INDEX " + table + "_" + column.name() + " ON " + table + " (" + column.name() + ")"));
        return statements;
    }

    @Override
    public String batchIndex(String table, String columns) {
        return "CREATE INDEX " + table + "_key ON " + table + " (" + columns + ")";
    }

    @Override
    public String dropWork(String table) {
        return "DROP TABLE " + table;
    }

    @Override
    public boolean dropsOnlyWhatIsThere() {
        return true;
    }

    @Override
    public String setsFrom(List<Assignment> sets, String joined, String condition) {
        return sets.stream()
                .map(set ->
                        set.column() + " = (SELECT " + set.value() + " FROM " + joined + " WHERE " + condition + ")")
                .collect(Collectors.joining(", "));
    }

    @Override
    public String lock(String table) {
        return "LOCK TABLE " + table + " IN SHARE MODE";
    }

    @Override
    public String collation() {
        return "UCS_BASIC";
    }

    /** A type is changed only to a longer text; else it would be another table. */
    @Override
    public @Nullable String widen(String table, String column, String type) {
        return type.startsWith("VARCHAR")
                ? "ALTER TABLE " + table + " ALTER COLUMN " + column + " SET DATA TYPE " + type
                : null;
    }
}
