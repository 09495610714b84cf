package io.headworks.duckdb.sql;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.util.Locale;
import java.util.stream.Collectors;

/** Our types in DuckDB's spelling, and back. */
public final class DuckTypes {

    private DuckTypes() {}

    /**
     * The DuckDB type that holds every value of a type.
     *
     * @throws HeadworksException when DuckDB has none
     */
    public static String spelling(DataType type) {
        if (type instanceof Simple simple) {
            return simple(simple);
        } else if (type instanceof DataType.Decimal decimal) {
            if (decimal.precision() > 38) {
                throw unsupported(type, "decimals have at most 38 digits");
            }
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        } else if (type instanceof DataType.Bounded) {
            return "VARCHAR";
        } else if (type instanceof DataType.Bits) {
            return "BIT";
        } else if (type instanceof DataType.Time time) {
            if (time.digits() > 6) {
                throw unsupported(type, "times have at most 6 fractional digits");
            }
            return "TIME";
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp);
        } else if (type instanceof DataType.Enumeration enumeration) {
            return enumeration.values().stream().map(DuckSql::text).collect(Collectors.joining(", ", "ENUM(", ")"));
        } else if (type instanceof DataType.ListOf list) {
            return spelling(list.element()) + "[]";
        } else if (type instanceof DataType.Struct struct) {
            return struct.fields().stream()
                    .map(field -> DuckSql.name(field.name()) + " " + spelling(field.type()))
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        } else if (type instanceof DataType.MapOf map) {
            return "MAP(" + spelling(map.key()) + ", " + spelling(map.value()) + ")";
        }
        throw new IllegalStateException("unknown type " + type);
    }

    private static String simple(Simple simple) {
        return switch (simple) {
            case BOOLEAN -> "BOOLEAN";
            case INT8 -> "TINYINT";
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case UINT8 -> "UTINYINT";
            case UINT16 -> "USMALLINT";
            case UINT32 -> "UINTEGER";
            case UINT64 -> "UBIGINT";
            case HUGEINT -> "HUGEINT";
            case NUMERIC -> throw unsupported(simple, "give precision and scale, as decimal(38,10), or text");
            case FLOAT -> "FLOAT";
            case DOUBLE -> "DOUBLE";
            case TEXT -> "VARCHAR";
            case BINARY, GEOMETRY -> "BLOB";
            case DATE -> "DATE";
            case TIMETZ -> "TIMETZ";
            case INTERVAL -> "INTERVAL";
            case UUID -> "UUID";
            case JSON -> "JSON";
        };
    }

    private static String timestamp(DataType.Timestamp timestamp) {
        if (timestamp.zoned()) {
            if (timestamp.digits() > 6) {
                throw unsupported(timestamp, "zoned timestamps have at most 6 fractional digits");
            }
            return "TIMESTAMPTZ";
        }
        return timestamp.digits() > 6 ? "TIMESTAMP_NS" : "TIMESTAMP";
    }

    /** A type as {@code DESCRIBE} spells it. A type without a counterpart of ours is an error, never text. */
    public static DataType parse(String spelling) {
        String upper = spelling.toUpperCase(Locale.ROOT);
        if (upper.equals("TIMESTAMP_S")) {
            return new DataType.Timestamp(0, false);
        }
        if (upper.equals("BIT")) {
            return new DataType.Bits(0);
        }
        return DataType.parse(spelling)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read a column of DuckDB type " + spelling + ": it has no type here"));
    }

    private static HeadworksException unsupported(DataType type, String allowed) {
        return new HeadworksException(FailureKind.PROJECT, "Cannot hold type " + type + " in DuckDB: " + allowed);
    }
}
