package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.connector.sqlite.LoadColumns.Pair;
import io.headworks.connector.sqlite.TargetTable.TargetColumn;

/** A slice as a condition on its column, the bounds as SQLite keeps values of the column's type. */
record SliceCondition(Pair column, String from, String to) {

    static SliceCondition of(Slice slice, Pair column) {
        return new SliceCondition(column, value(slice.from(), column.column()), value(slice.to(), column.column()));
    }

    String contains(String alias) {
        return column.in(alias) + " >= " + from + " AND " + column.in(alias) + " < " + to;
    }

    /** A text of the column's type as SQLite keeps its value. */
    static String value(String text, TargetColumn column) {
        DataType type = column.readAs();
        try {
            if (type == Simple.DATE) {
                return SqliteSql.text(ClockText.ofDays(ClockText.days(text)));
            } else if (type instanceof DataType.Timestamp timestamp) {
                long units = ClockText.timestamp(
                        text.length() == 10 ? text + " 00:00" + (timestamp.zoned() ? "Z" : "") : text,
                        timestamp.digits(),
                        timestamp.zoned());
                return SqliteSql.text(ClockText.ofTimestamp(units, timestamp.digits(), timestamp.zoned()));
            } else if (type == Simple.TEXT) {
                return SqliteSql.text(text);
            } else if (type.isInteger() && !CellWriter.isExactText(type)) {
                return Long.toString(Long.parseLong(text));
            }
        } catch (UnfitValue unfit) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load by " + column.name() + ": '" + text + "' " + unfit.getMessage());
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot load by '" + column.name() + "' into SQLite: its type is " + type
                        + " (allowed: integers, text, date, timestamp)");
    }
}
