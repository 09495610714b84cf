package io.headworks.connector.sqlite;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Declared types of SQLite columns against ours. SQLite stores integers of 64 bits, doubles, text and bytes, and lets a
 * declared type only suggest one of them, by words in its name: {@code INT}, then {@code CHAR}, {@code CLOB}, {@code
 * TEXT}, then {@code BLOB}, then {@code REAL}, {@code FLOA}, {@code DOUB}, else a number if the value looks like one. The
 * names here are chosen so that a value is stored as it is given, and the type is found again.
 */
final class SqliteTypes {
    private static final Pattern DECLARED =
            Pattern.compile("([A-Z][A-Z0-9_ ]*?)\\s*(?:\\(\\s*(\\d{1,6})\\s*(?:,\\s*(\\d{1,6})\\s*)?\\))?");

    private static final Map<String, DataType> NAMED = Map.ofEntries(
            Map.entry("BOOLEAN", Simple.BOOLEAN),
            Map.entry("BOOL", Simple.BOOLEAN),
            Map.entry("INTEGER_8", Simple.INT8),
            Map.entry("INTEGER_16", Simple.INT16),
            Map.entry("INTEGER_32", Simple.INT32),
            Map.entry("UINTEGER_8", Simple.UINT8),
            Map.entry("UINTEGER_16", Simple.UINT16),
            Map.entry("UINTEGER_32", Simple.UINT32),
            Map.entry("UNSIGNED_64_TEXT", Simple.UINT64),
            Map.entry("SIGNED_128_TEXT", Simple.HUGEINT),
            Map.entry("NUMERIC_TEXT", Simple.NUMERIC),
            Map.entry("FLOAT_32", Simple.FLOAT),
            Map.entry("GEOMETRY_BLOB", Simple.GEOMETRY),
            Map.entry("DATE", Simple.DATE),
            Map.entry("TIMETZ_TEXT", Simple.TIMETZ),
            Map.entry("PERIOD_TEXT", Simple.INTERVAL),
            Map.entry("UUID", Simple.UUID),
            Map.entry("JSON", Simple.JSON),
            Map.entry("JSON_TEXT", Simple.JSON));

    private SqliteTypes() {}

    /**
     * The declared type of a column that holds every value of a type.
     *
     * @throws HeadworksException when SQLite cannot keep them exactly
     */
    static String declared(DataType type, String column) {
        if (type instanceof Simple simple) {
            return simple(simple);
        } else if (type instanceof DataType.Decimal decimal) {
            return "DECIMAL_TEXT(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof DataType.Bounded bounded) {
            return (bounded.padded() ? "CHAR_PADDED(" : "TEXT_MAX(") + bounded.length() + ")";
        } else if (type instanceof DataType.Bits bits) {
            return "BITS_TEXT(" + bits.length() + ")";
        } else if (type instanceof DataType.Time time) {
            return time.digits() == 6 ? "TIME" : "TIME(" + time.digits() + ")";
        } else if (type instanceof DataType.Timestamp timestamp) {
            String name = timestamp.zoned() ? "TIMESTAMPTZ" : "TIMESTAMP";
            return timestamp.digits() == 6 ? name : name + "(" + timestamp.digits() + ")";
        } else if (type instanceof DataType.Enumeration) {
            return "TEXT";
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot keep column '" + column + "' in SQLite: it has no type for " + type,
                "cast it to json, or unnest it");
    }

    private static String simple(Simple simple) {
        return switch (simple) {
            case BOOLEAN -> "BOOLEAN";
            case INT8 -> "INTEGER_8";
            case INT16 -> "INTEGER_16";
            case INT32 -> "INTEGER_32";
            case INT64 -> "BIGINT";
            case UINT8 -> "UINTEGER_8";
            case UINT16 -> "UINTEGER_16";
            case UINT32 -> "UINTEGER_32";
            case UINT64 -> "UNSIGNED_64_TEXT";
            case HUGEINT -> "SIGNED_128_TEXT";
            case NUMERIC -> "NUMERIC_TEXT";
            case FLOAT -> "FLOAT_32";
            case DOUBLE -> "DOUBLE";
            case TEXT -> "TEXT";
            case BINARY -> "BLOB";
            case DATE -> "DATE";
            case TIMETZ -> "TIMETZ_TEXT";
            case INTERVAL -> "PERIOD_TEXT";
            case UUID -> "UUID";
            case JSON -> "JSON_TEXT";
            case GEOMETRY -> "GEOMETRY_BLOB";
        };
    }

    /**
     * The type of a column by its declared type; empty where that says nothing, so that only the values can tell.
     * Lengths and widths that SQLite does not enforce are no part of a foreign column's type.
     */
    static Optional<DataType> parse(String declared) {
        String upper = declared.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher matcher = DECLARED.matcher(upper);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1);
        int first = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
        if (second < 0 && first < 0 && NAMED.containsKey(name)) {
            return Optional.of(NAMED.get(name));
        }
        return numbered(name, first, second).or(() -> byAffinity(name));
    }

    private static Optional<DataType> numbered(String name, int first, int second) {
        int digits = first < 0 ? 6 : first;
        return switch (name) {
            case "TEXT_MAX" -> Optional.of(new DataType.Bounded(first, false));
            case "CHAR_PADDED" -> Optional.of(new DataType.Bounded(first, true));
            case "BITS_TEXT" -> Optional.of(new DataType.Bits(first));
            case "TIME" -> digits > 9 ? Optional.empty() : Optional.of(new DataType.Time(digits));
            case "DATETIME" -> Optional.of(DataType.TIMESTAMP);
            case "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE" -> timestamp(digits, false);
            case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> timestamp(digits, true);
            case "DECIMAL_TEXT", "DECIMAL", "NUMERIC", "NUMBER" -> decimal(first, Math.max(second, 0));
            default -> Optional.empty();
        };
    }

    private static Optional<DataType> timestamp(int digits, boolean zoned) {
        return digits > 9 ? Optional.empty() : Optional.of(new DataType.Timestamp(digits, zoned));
    }

    private static Optional<DataType> decimal(int precision, int scale) {
        return precision < 1 || scale > precision
                ? Optional.empty()
                : Optional.of(new DataType.Decimal(precision, scale));
    }

    private static Optional<DataType> byAffinity(String name) {
        if (name.contains("INT")) {
            return Optional.of(Simple.INT64);
        } else if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
            return Optional.of(Simple.TEXT);
        } else if (name.contains("BLOB")) {
            return Optional.of(Simple.BINARY);
        } else if (name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")) {
            return Optional.of(Simple.DOUBLE);
        }
        return Optional.empty();
    }
}
