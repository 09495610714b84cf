package io.headworks.connector.mysql.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.name.NameRule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.mysql.session.MysqlSql;
import io.headworks.connector.relational.BoundTime;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.relational.WorkColumn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** MySQL's SQL. Sessions run in UTC, so that literals of time mean one thing. */
final class MysqlSpelling implements Spelling {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final String database;

    /** @param database the one in which tables and our own are */
    MysqlSpelling(String database) {
        this.database = database;
    }

    @Override
    public String database() {
        return "MySQL";
    }

    @Override
    public NameRule names() {
        return MysqlSql.NAMES;
    }

    @Override
    public String name(String identifier) {
        return MysqlSql.name(identifier);
    }

    @Override
    public String table(TableName table) {
        if (table.schema() != null && !table.schema().equals(database)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot use table " + table + " in MySQL: '" + table.schema()
                            + "' is another database (allowed: that of the connection, " + database + ")");
        }
        return name(database) + "." + name(names().fitted(table.table()));
    }

    @Override
    public String own(String table) {
        return name(database) + "." + name(LedgerTables.PREFIX + table);
    }

    @Override
    public String temporary(String table) {
        return name(database) + "." + name(table);
    }

    /** CREATE INDEX would commit, even of a temporary table. */
    @Override
    public @Nullable String index(String temporaryTable, String columns) {
        return null;
    }

    @Override
    public List<String> createTemporary(String table, List<WorkColumn> columns, String select) {
        String indexes = columns.stream()
                .filter(WorkColumn::indexed)
                .map(column -> "INDEX (" + column.name() + ")")
                .collect(Collectors.joining(", "));
        return List.of("CREATE TEMPORARY TABLE " + temporary(table) + (indexes.isEmpty() ? "" : " (" + indexes + ")")
                + " ENGINE=InnoDB AS " + select);
    }

    /** Without TEMPORARY it would commit. */
    @Override
    public String dropTemporary(String table) {
        return "DROP TEMPORARY TABLE IF EXISTS " + temporary(table);
    }

    @Override
    public String same(String left, String right) {
        return "(" + left + " <=> " + right + ")";
    }

    /** NULL is the least here. */
    @Override
    public String greatestFirst(String value) {
        return value + " DESC";
    }

    @Override
    public String text(String value) {
        return MysqlSql.text(value);
    }

    @Override
    public String instant(Instant instant) {
        return "TIMESTAMP'" + instantText(instant) + "'";
    }

    static String instantText(Instant instant) {
        return CLOCK.format(instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }

    @Override
    public String exact(TargetColumn column, String value) {
        return column.collation() == null ? value : "CAST(" + value + " AS BINARY)";
    }

    @Override
    public String sortable(TargetColumn column, String value) {
        return column.collation() == null ? value : "CAST(CONVERT(" + value + " USING utf8mb4) AS BINARY)";
    }

    @Override
    public String bound(String text, TargetColumn column) {
        DataType type = column.readAs();
        try {
            if (type == Simple.DATE) {
                return "DATE'" + LocalDate.parse(text) + "'";
            } else if (type instanceof DataType.Timestamp timestamp) {
                return "TIMESTAMP'" + CLOCK.format(BoundTime.of(text, timestamp.zoned())) + "'";
            } else if (type.isText()) {
                return text(text);
            } else if (type.isInteger()) {
                return Long.toString(Long.parseLong(text));
            }
        } catch (DateTimeException | NumberFormatException unfit) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load by " + column.name() + ": '" + text + "' is no " + type,
                    null,
                    unfit);
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot load by '" + column.name() + "' into MySQL: its type is " + type
                        + " (allowed: integers, text, date, timestamp)");
    }

    @Override
    public String unit(By by, TargetColumn column, String value) {
        String form = switch (by) {
            case YEAR -> "%Y";
            case MONTH -> "%Y-%m";
            case DAY -> "%Y-%m-%d";
            case HOUR -> "%Y-%m-%d %H";
            case VALUE -> throw new IllegalArgumentException("a value has no calendar unit");
        };
        return "date_format(" + value + ", '" + form + "')";
    }

    @Override
    public boolean isUnitBound(By by, TargetColumn column, String literal) {
        String text = literal.substring(literal.indexOf('\'') + 1, literal.length() - 1);
        return BoundTime.begins(by, BoundTime.of(text, false));
    }

    @Override
    public String declared(DataType type, String column) {
        return MysqlTypes.declared(type, column, TextOrder.PADDED);
    }

    @Override
    public DataType storedAs(DataType type) {
        return MysqlTypes.stored(type);
    }

    @Override
    public String declaredInKey(DataType type, String column) {
        return MysqlTypes.declaredInKey(type, column);
    }

    @Override
    public String delete(String table, String alias, String condition) {
        return "DELETE " + alias + " FROM " + table + " AS " + alias + " WHERE " + condition;
    }

    @Override
    public String update(String table, List<Assignment> sets, @Nullable String joined, String condition) {
        String assigned = sets.stream()
                .map(set -> "t." + set.column() + " = " + set.value())
                .collect(Collectors.joining(", "));
        return "UPDATE " + table + " AS t" + (joined == null ? "" : " JOIN (" + joined + ")") + " SET " + assigned
                + " WHERE " + condition;
    }
}
