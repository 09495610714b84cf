package org.duckdb;

import java.nio.ByteBuffer;

/**
 * A type of the engine's memory, by its number in DuckDB's C interface.
 *
 * @param precision of a decimal; 0 for others
 */
public record RawType(int id, int precision, int scale) {
    public static final RawType BOOLEAN = simple(1);
    public static final RawType TINYINT = simple(2);
    public static final RawType SMALLINT = simple(3);
    public static final RawType INTEGER = simple(4);
    public static final RawType BIGINT = simple(5);
    public static final RawType UTINYINT = simple(6);
    public static final RawType USMALLINT = simple(7);
    public static final RawType UINTEGER = simple(8);
    public static final RawType UBIGINT = simple(9);
    public static final RawType FLOAT = simple(10);
    public static final RawType DOUBLE = simple(11);
    public static final RawType TIMESTAMP = simple(12);
    public static final RawType DATE = simple(13);
    public static final RawType TIME = simple(14);
    public static final RawType HUGEINT = simple(16);
    public static final RawType VARCHAR = simple(17);
    public static final RawType BLOB = simple(18);
    public static final RawType TIMESTAMP_NS = simple(22);
    public static final RawType TIMESTAMP_TZ = simple(31);

    private static final int DECIMAL = 19;

    public static RawType decimal(int precision, int scale) {
        return new RawType(DECIMAL, precision, scale);
    }

    private static RawType simple(int id) {
        return new RawType(id, 0, 0);
    }

    /** Destroyed by the caller. */
    ByteBuffer create() {
        return id == DECIMAL
                ? DuckDBBindings.duckdb_create_decimal_type(precision, scale)
                : DuckDBBindings.duckdb_create_logical_type(id);
    }
}
