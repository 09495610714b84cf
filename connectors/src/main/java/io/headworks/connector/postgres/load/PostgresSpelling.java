package io.headworks.connector.postgres.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.name.NameRule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.postgres.session.PostgresSql;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's SQL. Sessions run in UTC with standard strings, so that literals mean one thing. */
public final class PostgresSpelling implements Spelling {
    /** Of our advisory locks on schemas; the second key is the name's hash. */
    private static final int SCHEMAS = 0x68_77_73_63;

    private final String schema;

    /** @param schema of tables that name none */
    public PostgresSpelling(String schema) {
        this.schema = schema;
    }

    boolean isUsual(String name) {
        return schema.equals(name);
    }

    String schema(TableName table) {
        String own = table.schema();
        return own == null ? schema : own;
    }

    @Override
    public String database() {
        return "PostgreSQL";
    }

    @Override
    public NameRule names() {
        return PostgresSql.NAMES;
    }

    @Override
    public String name(String identifier) {
        String why = identifier.isEmpty()
                ? "it is empty"
                : identifier.indexOf('\0') >= 0
                        ? "it holds U+0000"
                        : !names().holds(identifier)
                                ? "PostgreSQL cuts names after " + names().most() + " bytes"
                                : null;
        if (why != null) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot use the name '" + identifier.replace('\0', '?') + "': " + why);
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String table(TableName table) {
        return name(schema(table)) + "." + name(names().fitted(table.table()));
    }

    @Override
    public String own(String table) {
        return name(LedgerTables.SCHEMA) + "." + name(table);
    }

    @Override
    public String createOwnSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + name(LedgerTables.SCHEMA);
    }

    @Override
    public String lockOwnSchema() {
        return lockSchema(LedgerTables.SCHEMA);
    }

    /** Without it the second of two who create a schema at once fails, also with IF NOT EXISTS. */
    static String lockSchema(String schema) {
        return "SELECT pg_advisory_xact_lock(" + SCHEMAS + ", hashtext(" + PostgresSql.text(schema) + "))";
    }

    @Override
    public String temporary(String table) {
        return "pg_temp." + name(table);
    }

    @Override
    public String index(String temporaryTable, String columns) {
        return "CREATE INDEX ON " + temporary(temporaryTable) + " (" + columns + ")";
    }

    @Override
    public @Nullable String measure(String temporaryTable) {
        return "ANALYZE " + temporaryTable;
    }

    @Override
    public String same(String left, String right) {
        return left + " IS NOT DISTINCT FROM " + right;
    }

    private static String asText(String value) {
        return "CAST(" + value + " AS text)";
    }

    @Override
    public String instant(Instant instant) {
        return "TIMESTAMPTZ " + text(instant.truncatedTo(ChronoUnit.MICROS).toString());
    }

    /** Some types have no equality: they are the same when their texts are. */
    @Override
    public String exact(TargetColumn column, String value) {
        boolean unequal = column.declared().equals("json") || column.declared().equals("xml") || column.type() == null;
        return unequal ? asText(value) : column.collation() == null ? value : "(" + value + " COLLATE \"C\")";
    }

    @Override
    public String sortable(TargetColumn column, String value) {
        return value;
    }

    @Override
    public String bound(String text, TargetColumn column) {
        DataType type = column.readAs();
        try {
            if (type == Simple.DATE) {
                return "DATE " + text(LocalDate.parse(text).toString());
            } else if (type instanceof DataType.Timestamp timestamp) {
                return timestamp.zoned()
                        ? instant(zoned(text))
                        : "TIMESTAMP " + text(naive(text).toString());
            } else if (type.isText()) {
                return text(text);
            } else if (type.isInteger()) {
                return Long.toString(Long.parseLong(text));
            }
        } catch (DateTimeParseException | NumberFormatException unfit) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot load by " + column.name() + ": '" + text + "' is no " + type);
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot load by '" + column.name() + "' into PostgreSQL: its type is " + type
                        + " (allowed: integers, text, date, timestamp)");
    }

    private static LocalDateTime naive(String text) {
        return text.length() == 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    /** A text without an offset is in UTC. */
    private static Instant zoned(String text) {
        String iso = text.replace(' ', 'T');
        boolean offset = iso.length() > 10 && iso.substring(10).matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)");
        return offset
                ? OffsetDateTime.parse(iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso)
                        .toInstant()
                : naive(text).toInstant(ZoneOffset.UTC);
    }

    @Override
    public String unit(By by, TargetColumn column, String value) {
        boolean zoned = column.readAs() instanceof DataType.Timestamp timestamp && timestamp.zoned();
        return "date_trunc('" + by.name().toLowerCase(java.util.Locale.ROOT) + "', " + value
                + (zoned ? ", 'UTC')" : "::timestamp)");
    }

    @Override
    public boolean isUnitBound(By by, TargetColumn column, String literal) {
        String text = literal.substring(literal.indexOf('\'') + 1, literal.length() - 1);
        LocalDateTime time = literal.startsWith("TIMESTAMPTZ")
                ? LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC)
                : naive(text);
        LocalDateTime begins = switch (by) {
            case YEAR -> time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
            case MONTH -> time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            case DAY -> time.truncatedTo(ChronoUnit.DAYS);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case VALUE -> time;
        };
        return begins.equals(time);
    }

    @Override
    public String declared(DataType type, String column) {
        return PostgresTypes.declared(type, column);
    }

    @Override
    public DataType storedAs(DataType type) {
        return PostgresTypes.stored(type);
    }
}
