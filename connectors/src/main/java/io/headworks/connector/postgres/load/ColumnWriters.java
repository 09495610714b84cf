package io.headworks.connector.postgres.load;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import org.jspecify.annotations.Nullable;

/** How columns of a batch become fields of the table's types. */
final class ColumnWriters {
    private static final int MOST_LONG_DIGITS = 18;

    private ColumnWriters() {}

    /** The writer for a column, as {@link FieldWriters#of} has it for single values. */
    static ColumnWriter of(DataType delivered, String declared) {
        ColumnWriter sure = new SingleWriter(FieldWriters.of(delivered, declared));
        ColumnWriter quick = quick(delivered, declared.replaceAll("\\(.*?\\)", ""));
        return quick == null ? sure : new EitherWriter(quick, sure);
    }

    private static @Nullable ColumnWriter quick(DataType delivered, String base) {
        return switch (base) {
            case "boolean" -> new WholeWriter(1, TimeBounds.NONE);
            case "smallint" -> new WholeWriter(Short.BYTES, TimeBounds.NONE);
            case "integer" -> new WholeWriter(Integer.BYTES, TimeBounds.NONE);
            case "bigint", "time without time zone" -> new WholeWriter(Long.BYTES, TimeBounds.NONE);
            case "date" -> new WholeWriter(Integer.BYTES, TimeBounds.DATES);
            case "timestamp without time zone", "timestamp with time zone" ->
                new WholeWriter(Long.BYTES, TimeBounds.TIMESTAMPS);
            case "real" -> new FloatWriter(true);
            case "double precision" -> new FloatWriter(false);
            case "numeric" -> numeric(delivered);
            case "bytea" -> new BytesWriter();
            case "jsonb" -> new TextWriter(true);
            case "time with time zone", "interval", "uuid", "bit", "bit varying" -> null;
            default -> base.endsWith("[]") ? null : new TextWriter(false);
        };
    }

    private static @Nullable ColumnWriter numeric(DataType delivered) {
        if (delivered instanceof DataType.Decimal decimal) {
            return decimal.scale() <= MOST_LONG_DIGITS ? new NumericWriter(decimal.scale()) : null;
        }
        return delivered == Simple.UINT64 ? null : new NumericWriter(0);
    }
}
