package io.headworks.api.type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The type of a value, free of any system. {@link #toString()} is the spelling used in project files, in the ledger and
 * in every hash; {@link TypeParser} reads it back.
 */
public sealed interface DataType extends TypeKind {

    /** Types without a parameter. */
    enum Simple implements DataType {
        BOOLEAN("boolean"),
        INT8("tinyint"),
        INT16("smallint"),
        INT32("integer"),
        INT64("bigint"),
        UINT8("utinyint"),
        UINT16("usmallint"),
        UINT32("uinteger"),
        UINT64("ubigint"),
        HUGEINT("hugeint"),
        /** A decimal number without bounds on precision or scale. */
        NUMERIC("numeric"),
        FLOAT("float"),
        DOUBLE("double"),
        TEXT("text"),
        BINARY("binary"),
        DATE("date"),
        TIMETZ("timetz"),
        INTERVAL("interval"),
        UUID("uuid"),
        JSON("json"),
        /** Well-known binary. */
        GEOMETRY("geometry");

        private final String spelling;

        Simple(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String toString() {
            return spelling;
        }
    }

    /** An exact number with {@code precision} digits, {@code scale} of them after the point. */
    record Decimal(int precision, int scale) implements DataType {
        public Decimal {
            if (precision < 1 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("Cannot make decimal(" + precision + "," + scale
                        + "): precision must be at least 1 and scale between 0 and precision");
            }
        }

        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** Text of at most {@code length} characters; {@code padded} for char(n). */
    record Bounded(int length, boolean padded) implements DataType {
        @Override
        public String toString() {
            return (padded ? "char(" : "text(") + length + ")";
        }
    }

    /** A string of exactly {@code length} bits. */
    record Bits(int length) implements DataType {
        @Override
        public String toString() {
            return "bits(" + length + ")";
        }
    }

    /** Time of day with {@code digits} fractional digits of a second (0 to 9; 6 is written without them). */
    record Time(int digits) implements DataType {
        @Override
        public String toString() {
            return digits == 6 ? "time" : "time(" + digits + ")";
        }
    }

    /** A point in time: naive, or an instant when {@code zoned}; {@code digits} fractional digits (0 to 9). */
    record Timestamp(int digits, boolean zoned) implements DataType {
        @Override
        public String toString() {
            String name = zoned ? "timestamptz" : "timestamp";
            return digits == 6 ? name : name + "(" + digits + ")";
        }
    }

    /** One of the given texts. */
    record Enumeration(List<String> values) implements DataType {
        public Enumeration {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.stream()
                    .map(value -> "'" + value.replace("'", "''") + "'")
                    .collect(Collectors.joining(", ", "enum(", ")"));
        }
    }

    record ListOf(DataType element) implements DataType {
        @Override
        public String toString() {
            return element + "[]";
        }
    }

    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return fields.stream()
                    .map(field -> "\"" + field.name().replace("\"", "\"\"") + "\" " + field.type())
                    .collect(Collectors.joining(", ", "struct(", ")"));
        }
    }

    record MapOf(DataType key, DataType value) implements DataType {
        @Override
        public String toString() {
            return "map(" + key + ", " + value + ")";
        }
    }

    DataType TEXT = Simple.TEXT;
    DataType BIGINT = Simple.INT64;
    DataType TIMESTAMP = new Timestamp(6, false);
    DataType TIMESTAMPTZ = new Timestamp(6, true);

    /** Reads the spelling of a project file; common synonyms (int, varchar, string, bool …) are accepted. */
    static Optional<DataType> parse(String spelling) {
        return TypeParser.parse(spelling);
    }
}
