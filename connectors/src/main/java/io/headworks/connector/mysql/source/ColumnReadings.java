package io.headworks.connector.mysql.source;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Widening;
import io.headworks.connector.mysql.catalog.StoredColumn;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's types against ours. What has no exact counterpart is refused unless the project says what it shall be: nothing
 * is rounded and nothing is guessed. The table for users is in docs/sources/mysql.md.
 */
public final class ColumnReadings {
    private static final int MOST_DIGITS = 38;
    private static final Set<String> BINARY =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector", "blob binary");

    private ColumnReadings() {}

    /** The type as which a column is read where the project says none; empty when it must say one. */
    public static Optional<DataType> type(StoredColumn column) {
        return natural(column).map(ColumnReading::type);
    }

    /**
     * The reading of a column.
     *
     * @param chosen the type that the project or an earlier run gave it; null for its own
     * @throws HeadworksException of kind PROJECT when it cannot be read as that, or must be given a type
     */
    public static ColumnReading of(StoredColumn column, @Nullable DataType chosen) {
        Optional<ColumnReading> natural = natural(column);
        if (chosen == null) {
            return natural.orElseThrow(() -> new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read column '" + column.name() + "': it is " + column.declared()
                            + ", which has no counterpart here",
                    "give its type in extract.columns: text"
                            + (column.type().equals("decimal") ? ", or decimal with at most 38 digits" : "")));
        }
        return chosen(column, natural, chosen)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read column '" + column.name() + "' as " + chosen + ": it is " + column.declared()
                                + " at the source",
                        "leave its type out or say text, and convert it with the stage cast, where rows that do not fit"
                                + " are rejected one by one"));
    }

    /** Types other than the column's own that keep every value, or reject the row that has one which does not fit. */
    private static Optional<ColumnReading> chosen(
            StoredColumn column, Optional<ColumnReading> natural, DataType chosen) {
        if (natural.isPresent() && natural.get().type().equals(chosen)) {
            return natural;
        } else if (chosen == Simple.TEXT && !BINARY.contains(column.type()) && !isSpatial(column.type())) {
            return Optional.of(new ColumnReading(chosen, "CHAR", CellForms::texts));
        } else if (chosen == Simple.BOOLEAN && column.type().equals("tinyint")) {
            return Optional.of(new ColumnReading(chosen, CellForms::booleans));
        } else if (column.type().equals("decimal") && chosen instanceof DataType.Decimal decimal) {
            return decimal.precision() <= MOST_DIGITS
                    ? Optional.of(new ColumnReading(chosen, () -> CellForms.decimals(decimal)))
                    : Optional.empty();
        } else if (column.type().equals("decimal") && column.scale() == 0 && chosen == Simple.HUGEINT) {
            return Optional.of(new ColumnReading(chosen, CellForms::hugeIntegers));
        } else if (natural.isEmpty()) {
            return Optional.empty();
        }
        DataType own = natural.get().type();
        boolean sameForm = chosen instanceof Simple && chosen != Simple.HUGEINT && own.isInteger()
                || own instanceof DataType.Timestamp
                || own instanceof DataType.Time
                || own.isText();
        return sameForm && Widening.holds(chosen, own) ? natural.map(reading -> reading.as(chosen)) : Optional.empty();
    }

    private static boolean isSpatial(String type) {
        return switch (type) {
            case "geometry",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection",
                    "geomcollection" -> true;
            default -> false;
        };
    }

    private static Optional<ColumnReading> natural(StoredColumn column) {
        String type = column.type();
        if (column.json()) {
            return reading(new ColumnReading(Simple.JSON, CellForms::texts));
        } else if (BINARY.contains(type)) {
            return reading(new ColumnReading(Simple.BINARY, CellForms::binaries));
        } else if (isSpatial(type)) {
            return reading(new ColumnReading(Simple.GEOMETRY, CellForms::geometries));
        }
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> reading(integer(column));
            case "float" -> reading(new ColumnReading(Simple.FLOAT, "DOUBLE", CellForms::doubles));
            case "double" -> reading(new ColumnReading(Simple.DOUBLE, CellForms::doubles));
            case "decimal" -> decimal(column);
            case "char", "varchar" -> reading(new ColumnReading(bounded(column), CellForms::texts));
            case "tinytext", "text", "mediumtext", "longtext", "set" ->
                reading(new ColumnReading(DataType.TEXT, CellForms::texts));
            case "enum" -> reading(enumeration(column));
            case "inet4", "inet6" -> reading(new ColumnReading(DataType.TEXT, "CHAR", CellForms::texts));
            case "uuid" -> reading(new ColumnReading(Simple.UUID, "CHAR", CellForms::texts));
            case "bit" -> reading(bit(column));
            default -> time(column);
        };
    }

    private static Optional<ColumnReading> time(StoredColumn column) {
        int digits = column.scale();
        return switch (column.type()) {
            case "date" -> reading(new ColumnReading(Simple.DATE, () -> CellForms.fromText(ClockText::days)));
            case "time" ->
                reading(new ColumnReading(new DataType.Time(digits), () -> CellForms.fromText(ClockText::time)));
            case "datetime" -> reading(timestamp(digits, false));
            case "timestamp" -> reading(timestamp(digits, true));
            case "year" -> reading(new ColumnReading(Simple.INT16, CellForms::integers));
            default -> Optional.empty();
        };
    }

    private static Optional<ColumnReading> reading(ColumnReading reading) {
        return Optional.of(reading);
    }

    private static ColumnReading timestamp(int digits, boolean zoned) {
        return new ColumnReading(new DataType.Timestamp(digits, zoned), () -> CellForms.fromText(ClockText::timestamp));
    }

    private static ColumnReading integer(StoredColumn column) {
        boolean unsigned = column.unsigned();
        DataType type = switch (column.type()) {
            case "tinyint" -> unsigned ? Simple.UINT8 : Simple.INT8;
            case "smallint" -> unsigned ? Simple.UINT16 : Simple.INT16;
            case "bigint" -> unsigned ? Simple.UINT64 : Simple.INT64;
            default -> unsigned ? Simple.UINT32 : Simple.INT32;
        };
        return new ColumnReading(type, type == Simple.UINT64 ? CellForms::unsigned : CellForms::integers);
    }

    private static Optional<ColumnReading> decimal(StoredColumn column) {
        if (column.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        DataType.Decimal type = new DataType.Decimal(Math.max(column.length(), 1), column.scale());
        return reading(new ColumnReading(type, () -> CellForms.decimals(type)));
    }

    /** The server takes the blanks from the end of a CHAR itself. */
    private static DataType bounded(StoredColumn column) {
        return column.length() == 0 ? DataType.TEXT : new DataType.Bounded(column.length(), false);
    }

    private static ColumnReading enumeration(StoredColumn column) {
        DataType.Enumeration type = new DataType.Enumeration(column.labels());
        return new ColumnReading(type, () -> CellForms.labels(type));
    }

    private static ColumnReading bit(StoredColumn column) {
        int length = column.length();
        return length == 1
                ? new ColumnReading(Simple.BOOLEAN, CellForms::bit)
                : new ColumnReading(new DataType.Bits(length), () -> CellForms.bits(length));
    }
}
