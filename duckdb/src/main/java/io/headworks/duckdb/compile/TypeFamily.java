package io.headworks.duckdb.compile;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;

/** Types that are read from, written to and compared with others alike. */
enum TypeFamily {
    BOOLEAN,
    INTEGER,
    DECIMAL,
    FLOATING,
    TEXT,
    ENUMERATION,
    BINARY,
    BITS,
    DATE,
    TIME,
    ZONED_TIME,
    NAIVE_TIMESTAMP,
    INSTANT,
    INTERVAL,
    UUID,
    JSON,
    NESTED;

    static TypeFamily of(DataType type) {
        if (type instanceof Simple simple) {
            return ofSimple(simple);
        } else if (type instanceof DataType.Decimal) {
            return DECIMAL;
        } else if (type instanceof DataType.Bounded) {
            return TEXT;
        } else if (type instanceof DataType.Bits) {
            return BITS;
        } else if (type instanceof DataType.Time) {
            return TIME;
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp.zoned() ? INSTANT : NAIVE_TIMESTAMP;
        } else if (type instanceof DataType.Enumeration) {
            return ENUMERATION;
        }
        return NESTED;
    }

    private static TypeFamily ofSimple(Simple simple) {
        return switch (simple) {
            case BOOLEAN -> BOOLEAN;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, HUGEINT -> INTEGER;
            case NUMERIC -> DECIMAL;
            case FLOAT, DOUBLE -> FLOATING;
            case TEXT -> TEXT;
            case BINARY, GEOMETRY -> BINARY;
            case DATE -> DATE;
            case TIMETZ -> ZONED_TIME;
            case INTERVAL -> INTERVAL;
            case UUID -> UUID;
            case JSON -> JSON;
        };
    }

    boolean isNumber() {
        return this == INTEGER || this == DECIMAL || this == FLOATING;
    }

    /** True when values of the two can be compared without turning one into something it is not. */
    boolean isComparableWith(TypeFamily other) {
        boolean texts = (this == TEXT || this == ENUMERATION) && (other == TEXT || other == ENUMERATION);
        boolean dates = (this == DATE && other == NAIVE_TIMESTAMP) || (this == NAIVE_TIMESTAMP && other == DATE);
        return this == other || texts || dates || (isNumber() && other.isNumber());
    }
}
