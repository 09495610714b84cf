package io.headworks.connector.jdbc.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.name.NameRule;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.jdbc.dialect.Dialect;
import io.headworks.connector.relational.BoundTime;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.relational.WorkColumn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The standard's SQL, and a dialect where it differs. Names that are ours are folded by the database, as it does. */
final class JdbcSpelling implements Spelling {
    static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS");
    private static final int LONGEST_KEY = 200;

    private final Dialect dialect;

    JdbcSpelling(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    @Override
    public String database() {
        return dialect.limits().product();
    }

    @Override
    public NameRule names() {
        return dialect.names();
    }

    @Override
    public String name(String identifier) {
        return dialect.name(identifier);
    }

    @Override
    public String table(TableName table) {
        String plain = name(names().fitted(table.table()));
        return table.schema() == null ? plain : name(table.schema()) + "." + plain;
    }

    @Override
    public String own(String table) {
        return LedgerTables.PREFIX + table;
    }

    /** Without quotes, here as in every statement. */
    @Override
    public String ownColumn(String column) {
        return column;
    }

    @Override
    public String createOwn(String table, String columns) {
        return "CREATE TABLE " + own(table) + " (" + columns + ")";
    }

    @Override
    public String temporary(String table) {
        return dialect.forms().workTable(table);
    }

    @Override
    public @Nullable String index(String temporaryTable, String columns) {
        return dialect.forms().batchIndex(temporary(temporaryTable), columns);
    }

    @Override
    public List<String> createTemporary(String table, List<WorkColumn> columns, String select) {
        return dialect.forms().createWork(temporary(table), columns, select);
    }

    @Override
    public String dropTemporary(String table) {
        return dialect.forms().dropWork(temporary(table));
    }

    /** Never unknown, so that it can be denied. */
    @Override
    public String same(String left, String right) {
        return equal(left, right, left + " = " + right);
    }

    private static String equal(String left, String right, String equal) {
        return "(" + left + " IS NOT NULL AND " + right + " IS NOT NULL AND " + equal + " OR " + left + " IS NULL AND "
                + right + " IS NULL)";
    }

    /** Blanks at the end do not count when texts are compared. */
    @Override
    public String sameContent(TargetColumn column, String left, String right) {
        String equal = left + " = " + right;
        return column.readAs().isText()
                ? equal(left, right, equal + " AND LENGTH(" + left + ") = LENGTH(" + right + ")")
                : same(left, right);
    }

    @Override
    public boolean ranks() {
        return false;
    }

    @Override
    public String first(long rows) {
        return "FETCH FIRST " + rows + " ROWS ONLY";
    }

    @Override
    public String text(String value) {
        return Dialect.text(value);
    }

    @Override
    public String instant(Instant instant) {
        return dialect.forms().clockLiteral(DataType.TIMESTAMPTZ, instantText(instant));
    }

    /** In UTC, six digits. */
    static String instantText(Instant instant) {
        return CLOCK.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)).substring(0, 26);
    }

    @Override
    public String exact(TargetColumn column, String value) {
        return value;
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
                return dialect.forms().clockLiteral(type, LocalDate.parse(text).toString());
            } else if (type instanceof DataType.Timestamp timestamp) {
                return dialect.forms()
                        .clockLiteral(
                                type, CLOCK.format(BoundTime.of(text, timestamp.zoned() || timestamp.digits() == 9)));
            } else if (type.isText()) {
                return text(text);
            } else if (type.isInteger() && type != Simple.HUGEINT) {
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
                "Cannot load by '" + column.name() + "' into " + database() + ": its type is " + type
                        + " (allowed: integers, text, date, timestamp)");
    }

    @Override
    public String unit(By by, TargetColumn column, String value) {
        String utc = dialect.forms().calendar(column.readAs(), value);
        String year = "YEAR(" + utc + ")";
        String month = year + " * 100 + MONTH(" + utc + ")";
        String day = "(" + month + ") * 100 + DAY(" + utc + ")";
        return switch (by) {
            case YEAR -> year;
            case MONTH -> month;
            case DAY -> day;
            case HOUR -> "(" + day + ") * 100 + HOUR(" + utc + ")";
            case VALUE -> throw new IllegalArgumentException("a value has no calendar unit");
        };
    }

    @Override
    public boolean isUnitBound(By by, TargetColumn column, String literal) {
        String text = literal.substring(literal.indexOf('\'') + 1, literal.lastIndexOf('\''));
        return BoundTime.begins(by, BoundTime.of(text.replace("+0:00", ""), false));
    }

    @Override
    public String declared(DataType type, String column) {
        String declared = dialect.forms().declared(type);
        if (declared == null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot keep column '" + column + "' (" + type + ") in " + database()
                            + ": it has no type that keeps every value",
                    "cast the column in a stage, to text for example");
        }
        return declared;
    }

    @Override
    public String declaredInKey(DataType type, String column) {
        return type == Simple.TEXT ? "VARCHAR(" + LONGEST_KEY + ")" : declared(type, column);
    }

    @Override
    public DataType storedAs(DataType type) {
        return dialect.forms().storedAs(type);
    }

    @Override
    public String update(String table, List<Assignment> sets, @Nullable String joined, String condition) {
        if (joined == null) {
            return Spelling.super.update(table, sets, null, condition);
        }
        return "UPDATE " + table + " AS t SET " + dialect.forms().setsFrom(sets, joined, condition)
                + " WHERE EXISTS (SELECT 1 FROM " + joined + " WHERE " + condition + ")";
    }

    static String upper(String ours) {
        return ours.toUpperCase(Locale.ROOT);
    }
}
