package io.headworks.connector.postgres.load;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of columns that we create. */
final class PostgresTypes {
    /** Digits that PostgreSQL lets a numeric column declare. */
    private static final int MOST_DIGITS = 1000;

    /** {@code name(first,second) rest}, as in {@code timestamp(3) with time zone}. */
    private static final Pattern DECLARED =
            Pattern.compile("([a-z][a-z ]*?)\\s*(?:\\((\\d{1,7})(?:,(-?\\d{1,6}))?\\)( with(?:out)? time zone)?)?");

    /** An enum's value is written as its text; one that it lacks fails the load. */
    static final DataType ENUM = Simple.TEXT;

    private PostgresTypes() {}

    /**
     * The declared type of a column that holds every value of a type.
     *
     * @throws HeadworksException when PostgreSQL cannot keep them exactly
     */
    static String declared(DataType type, String column) {
        if (type instanceof Simple simple) {
            return simple(simple);
        } else if (type instanceof DataType.Decimal decimal && decimal.precision() <= MOST_DIGITS) {
            return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof DataType.Bounded bounded) {
            return (bounded.padded() ? "character(" : "character varying(") + bounded.length() + ")";
        } else if (type instanceof DataType.Bits bits) {
            return bits.length() == 0 ? "bit varying" : "bit(" + bits.length() + ")";
        } else if (type instanceof DataType.Time time && time.digits() <= 6) {
            return "time" + digits(time.digits()) + " without time zone";
        } else if (type instanceof DataType.Timestamp timestamp && timestamp.digits() <= 6) {
            return "timestamp" + digits(timestamp.digits()) + (timestamp.zoned() ? " with" : " without") + " time zone";
        } else if (type instanceof DataType.Enumeration) {
            return "text";
        } else if (type instanceof DataType.ListOf list && !(list.element() instanceof DataType.ListOf)) {
            return declared(list.element(), column) + "[]";
        }
        throw refused(type, column);
    }

    private static HeadworksException refused(DataType type, String column) {
        boolean nanoseconds = type instanceof DataType.Time || type instanceof DataType.Timestamp;
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot keep column '" + column + "' in PostgreSQL: it has no type for " + type,
                nanoseconds
                        ? "PostgreSQL keeps microseconds: cast it to "
                                + type.toString().replaceAll("\\(\\d\\)", "")
                        : "cast it to json, or unnest it");
    }

    private static String digits(int digits) {
        return digits == 6 ? "" : "(" + digits + ")";
    }

    private static String simple(Simple simple) {
        return switch (simple) {
            case BOOLEAN -> "boolean";
            case INT8, UINT8, INT16 -> "smallint";
            case UINT16, INT32 -> "integer";
            case UINT32, INT64 -> "bigint";
            case UINT64 -> "numeric(20,0)";
            case HUGEINT -> "numeric(39,0)";
            case NUMERIC -> "numeric";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case TEXT -> "text";
            case BINARY, GEOMETRY -> "bytea";
            case DATE -> "date";
            case TIMETZ -> "time with time zone";
            case INTERVAL -> "interval";
            case UUID -> "uuid";
            // jsonb would forget blanks, the order of keys and doubled ones
            case JSON -> "json";
        };
    }

    /** The type as which a column that we create for it is read back. */
    static DataType stored(DataType type) {
        if (type instanceof Simple simple) {
            return switch (simple) {
                case INT8, UINT8 -> Simple.INT16;
                case UINT16 -> Simple.INT32;
                case UINT32 -> Simple.INT64;
                case UINT64 -> new DataType.Decimal(20, 0);
                case HUGEINT -> new DataType.Decimal(39, 0);
                case GEOMETRY -> Simple.BINARY;
                default -> type;
            };
        } else if (type instanceof DataType.Enumeration) {
            return Simple.TEXT;
        } else if (type instanceof DataType.ListOf list) {
            return new DataType.ListOf(stored(list.element()));
        }
        return type;
    }

    /** The type of a table's column by the text of {@code format_type}; null for one that is not written. */
    static @Nullable DataType parse(String declared) {
        if (declared.endsWith("[]")) {
            DataType element = parse(declared.substring(0, declared.length() - 2));
            return element == null || element instanceof DataType.ListOf ? null : new DataType.ListOf(element);
        }
        Matcher found = DECLARED.matcher(declared);
        if (!found.matches()) {
            return null;
        }
        String name = (found.group(1) + Objects.requireNonNullElse(found.group(4), "")).strip();
        int first = found.group(2) == null ? -1 : Integer.parseInt(found.group(2));
        int second = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        return first < 0 ? plain(name) : bounded(name, first, second);
    }

    private static @Nullable DataType plain(String name) {
        return switch (name) {
            case "boolean" -> Simple.BOOLEAN;
            case "smallint" -> Simple.INT16;
            case "integer" -> Simple.INT32;
            case "bigint" -> Simple.INT64;
            case "numeric" -> Simple.NUMERIC;
            case "real" -> Simple.FLOAT;
            case "double precision" -> Simple.DOUBLE;
            case "text", "character varying" -> Simple.TEXT;
            case "character" -> new DataType.Bounded(1, true);
            case "bytea" -> Simple.BINARY;
            case "date" -> Simple.DATE;
            case "time without time zone" -> new DataType.Time(6);
            case "time with time zone" -> Simple.TIMETZ;
            case "timestamp without time zone" -> DataType.TIMESTAMP;
            case "timestamp with time zone" -> DataType.TIMESTAMPTZ;
            case "interval" -> Simple.INTERVAL;
            case "uuid" -> Simple.UUID;
            case "json", "jsonb" -> Simple.JSON;
            case "bit" -> new DataType.Bits(1);
            case "bit varying" -> new DataType.Bits(0);
            default -> null;
        };
    }

    private static @Nullable DataType bounded(String name, int first, int second) {
        return switch (name) {
            case "numeric" -> second >= 0 && second <= first ? new DataType.Decimal(first, second) : null;
            case "character varying" -> new DataType.Bounded(first, false);
            case "character" -> new DataType.Bounded(first, true);
            case "time without time zone" -> new DataType.Time(first);
            case "timestamp without time zone" -> new DataType.Timestamp(first, false);
            case "timestamp with time zone" -> new DataType.Timestamp(first, true);
            case "bit" -> new DataType.Bits(first);
            default -> null;
        };
    }
}
