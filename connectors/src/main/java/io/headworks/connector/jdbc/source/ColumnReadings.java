package io.headworks.connector.jdbc.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Widening;
import io.headworks.connector.jdbc.catalog.StoredColumn;
import io.headworks.connector.jdbc.dialect.Dialect;
import io.headworks.connector.result.Cells;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types of JDBC against ours. What has no exact counterpart is refused, unless it can be read as a text and the project
 * says so. The tables for users are in docs/sources/jdbc.md.
 */
public final class ColumnReadings {
    private static final int MOST_DIGITS = 38;
    /** In which a number of 64 bits keeps all decimals. */
    private static final int LONG_DIGITS = 18;

    private final Dialect dialect;

    public ColumnReadings(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The type as which a column is read where the project says none; empty when it must say one. */
    public Optional<DataType> type(StoredColumn column) {
        return natural(column).map(ColumnReading::type);
    }

    /**
     * The reading of a column.
     *
     * @param chosen the type that the project or an earlier run gave it; null for its own
     * @throws HeadworksException of kind PROJECT when it cannot be read as that, or must be given a type
     */
    public ColumnReading of(StoredColumn column, @Nullable DataType chosen) {
        Optional<ColumnReading> natural = natural(column);
        if (chosen == null) {
            return natural.orElseThrow(() -> new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read column '" + column.name() + "': it is " + column.declared()
                            + ", which has no counterpart here",
                    "leave it out of extract.columns, or read a query that casts it"));
        }
        return natural.flatMap(own -> chosen(column, own, chosen))
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read column '" + column.name() + "' as " + chosen + ": it is " + column.declared()
                                + " at the source",
                        "leave its type out, and convert it with the stage cast, where rows that do not fit are"
                                + " rejected one by one"));
    }

    /** Types other than the column's own that keep every value in the same form. */
    private Optional<ColumnReading> chosen(StoredColumn column, ColumnReading own, DataType chosen) {
        if (own.type().equals(chosen)) {
            return Optional.of(own);
        } else if (chosen instanceof DataType.Timestamp timestamp
                && column.jdbcType() == Types.TIMESTAMP
                && timestamp.digits() == column.scale()) {
            return timestamp(column.scale(), false);
        }
        boolean sameForm = chosen instanceof Simple
                        && chosen != Simple.HUGEINT
                        && own.type().isInteger()
                || own.type().isText() && chosen.isText();
        return sameForm && Widening.holds(chosen, own.type()) ? Optional.of(own.as(chosen)) : Optional.empty();
    }

    private Optional<ColumnReading> natural(StoredColumn column) {
        if (column.type().equals("UUID")) {
            return reading(new ColumnReading(
                    Simple.UUID,
                    value -> "CAST(" + value + " AS VARCHAR(36))",
                    () -> Cells.texts(ResultSet::getString)));
        }
        if (column.type().startsWith("INTERVAL")) {
            return Optional.empty();
        }
        return switch (column.jdbcType()) {
            case Types.BOOLEAN ->
                reading(new ColumnReading(
                        Simple.BOOLEAN, () -> Cells.longs((row, index) -> row.getBoolean(index) ? 1 : 0)));
            case Types.TINYINT -> integer(Simple.INT8);
            case Types.SMALLINT -> integer(Simple.INT16);
            case Types.INTEGER -> integer(Simple.INT32);
            case Types.BIGINT -> integer(Simple.INT64);
            case Types.REAL -> doubles(Simple.FLOAT);
            case Types.FLOAT, Types.DOUBLE -> doubles(Simple.DOUBLE);
            case Types.DECIMAL, Types.NUMERIC -> decimal(column);
            case Types.CHAR, Types.VARCHAR ->
                texts(
                        column.length() < dialect.limits().bytes()
                                ? new DataType.Bounded(column.length(), false)
                                : DataType.TEXT);
            case Types.LONGVARCHAR, Types.CLOB -> texts(DataType.TEXT);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                reading(new ColumnReading(Simple.BINARY, () -> Cells.binaries(ResultSet::getBytes)));
            case Types.DATE -> clock(Simple.DATE, ClockText::days);
            case Types.TIME -> {
                int digits = column.scale();
                yield clock(new DataType.Time(digits), text -> ClockText.time(text, unit(digits)));
            }
            case Types.TIMESTAMP ->
                timestamp(Math.min(column.scale(), dialect.limits().timestampDigits()), false);
            case Types.TIMESTAMP_WITH_TIMEZONE -> timestamp(column.scale(), true);
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnReading> reading(ColumnReading reading) {
        return Optional.of(reading);
    }

    private static Optional<ColumnReading> integer(DataType type) {
        return reading(new ColumnReading(type, () -> Cells.longs(ResultSet::getLong)));
    }

    private static Optional<ColumnReading> doubles(DataType type) {
        return reading(new ColumnReading(type, () -> Cells.doubles(ResultSet::getDouble)));
    }

    private static Optional<ColumnReading> texts(DataType type) {
        return reading(new ColumnReading(type, () -> Cells.texts(ResultSet::getString)));
    }

    private static Optional<ColumnReading> decimal(StoredColumn column) {
        int precision = column.length();
        if (precision == MOST_DIGITS + 1 && column.scale() == 0) {
            return reading(new ColumnReading(Simple.HUGEINT, DecimalCells::hugeIntegers));
        } else if (precision > MOST_DIGITS || precision < 1 || column.scale() < 0 || column.scale() > precision) {
            return Optional.empty();
        }
        DataType.Decimal type = new DataType.Decimal(precision, column.scale());
        return reading(new ColumnReading(
                type, () -> precision <= LONG_DIGITS ? DecimalCells.small(type) : DecimalCells.large(type)));
    }

    private Optional<ColumnReading> timestamp(int digits, boolean zoned) {
        DataType type = new DataType.Timestamp(digits, zoned);
        return clock(type, text -> ClockText.timestamp(text, unit(digits)));
    }

    /** Times of up to six digits are counted in microseconds, finer ones in nanoseconds. */
    private static int unit(int digits) {
        return digits > 6 ? 9 : 6;
    }

    private Optional<ColumnReading> clock(DataType type, DecimalCells.TextForm form) {
        return reading(new ColumnReading(
                type, value -> dialect.forms().clockText(type, value), () -> DecimalCells.fromText(form)));
    }
}
