package io.headworks.connector.sqlite;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.relational.Spelling;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import io.headworks.connector.result.UnfitValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** SQLite's SQL. Times are texts of one form, so that they sort, and a unit is how they begin. */
final class SqliteSpelling implements Spelling {
    @Override
    public String database() {
        return "SQLite";
    }

    @Override
    public String name(String identifier) {
        return SqliteSql.name(identifier);
    }

    @Override
    public String table(TableName table) {
        return SqliteSql.table(table);
    }

    @Override
    public String own(String table) {
        return "main." + SqliteSql.name(LedgerTables.PREFIX + table);
    }

    @Override
    public String temporary(String table) {
        return "temp." + SqliteSql.name(table);
    }

    @Override
    public String index(String temporaryTable, String columns) {
        String name = temporaryTable + "_by_" + columns.replaceAll("[^a-z0-9]+", "_");
        return "CREATE INDEX temp." + SqliteSql.name(name) + " ON " + SqliteSql.name(temporaryTable) + " (" + columns
                + ")";
    }

    @Override
    public String same(String left, String right) {
        return left + " IS " + right;
    }

    @Override
    public String instant(Instant instant) {
        return text(instantText(instant));
    }

    static String instantText(Instant instant) {
        try {
            return ClockText.ofTimestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant), 6, true);
        } catch (UnfitValue unfit) {
            throw new IllegalArgumentException("Cannot keep " + instant + ": it " + unfit.getMessage(), unfit);
        }
    }

    @Override
    public String exact(TargetColumn column, String value) {
        return column.collation() == null ? value : "CAST(" + value + " AS BLOB)";
    }

    /** Exact numbers are text and need a text that sorts as they do. */
    @Override
    public String sortable(TargetColumn column, String value) {
        DataType type = column.readAs();
        if (!CellWriter.isExactText(type)) {
            return value;
        } else if (type instanceof DataType.Decimal decimal) {
            return SortableNumber.call(value, decimal.precision(), decimal.scale());
        } else if (type == Simple.UINT64 || type == Simple.HUGEINT) {
            return SortableNumber.call(value, 39, 0);
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot order by '" + column.name() + "' in SQLite: its type is " + type
                        + " (allowed: numbers with bounds, texts, dates, times)");
    }

    @Override
    public String bound(String text, TargetColumn column) {
        DataType type = column.readAs();
        try {
            if (type == Simple.DATE) {
                return text(ClockText.ofDays(ClockText.days(text)));
            } else if (type instanceof DataType.Timestamp timestamp) {
                long units = ClockText.timestamp(
                        text.length() == 10 ? text + " 00:00" + (timestamp.zoned() ? "Z" : "") : text,
                        timestamp.digits(),
                        timestamp.zoned());
                return text(ClockText.ofTimestamp(units, timestamp.digits(), timestamp.zoned()));
            } else if (type == Simple.TEXT) {
                return text(text);
            } else if (type.isInteger() && !CellWriter.isExactText(type)) {
                return Long.toString(Long.parseLong(text));
            }
        } catch (UnfitValue unfit) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot load by " + column.name() + ": '" + text + "' " + unfit.getMessage());
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot load by '" + column.name() + "' into SQLite: its type is " + type
                        + " (allowed: integers, text, date, timestamp)");
    }

    @Override
    public String unit(By by, TargetColumn column, String value) {
        return "substr(" + value + ", 1, " + characters(by) + ")";
    }

    @Override
    public boolean isUnitBound(By by, TargetColumn column, String literal) {
        String text = literal.substring(1, literal.length() - 1);
        int unit = Math.min(characters(by), text.length());
        String least =
                "0000-01-01 00:00:00.000000000".substring(unit, text.endsWith("Z") ? text.length() - 1 : text.length());
        return text.equals(text.substring(0, unit) + least + (text.endsWith("Z") ? "Z" : ""));
    }

    private static int characters(By by) {
        return switch (by) {
            case YEAR -> 4;
            case MONTH -> 7;
            case DAY -> 10;
            case HOUR -> 13;
            case VALUE -> throw new IllegalArgumentException("a value has no calendar unit");
        };
    }

    @Override
    public String declared(DataType type, String column) {
        return SqliteTypes.declared(type, column);
    }
}
