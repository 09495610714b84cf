package io.headworks.connector.jdbc.catalog;

import io.headworks.connector.jdbc.dialect.Dialect;
import java.sql.Types;

/** A type as a driver tells it. The digits of a second are found in the length of its text form. */
record ToldType(int jdbcType, String name, int size, int digits) {
    private static final int TIME = "23:59:59".length();
    private static final int TIMESTAMP = "2024-02-29 23:59:59".length();
    private static final int ZONE = "+00:00".length();

    int scale() {
        return switch (jdbcType) {
            case Types.TIME -> fraction(size - TIME);
            case Types.TIMESTAMP -> fraction(size - TIMESTAMP);
            case Types.TIMESTAMP_WITH_TIMEZONE -> fraction(size - TIMESTAMP - ZONE);
            default -> digits;
        };
    }

    private static int fraction(int characters) {
        return Math.min(Math.max(0, characters - 1), 9);
    }

    String declared(Dialect dialect) {
        return switch (jdbcType) {
            case Types.CHAR, Types.VARCHAR, Types.BINARY, Types.VARBINARY -> sized();
            case Types.DECIMAL, Types.NUMERIC -> name + "(" + size + "," + digits + ")";
            case Types.TIME, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                dialect.forms().clockType(name, scale());
            default -> name;
        };
    }

    private String sized() {
        boolean whole = name.equals("UUID") || name.startsWith("INTERVAL");
        return whole ? name : name.contains(" ()") ? name.replace(" ()", "(" + size + ")") : name + "(" + size + ")";
    }

    StoredColumn column(String column, Dialect dialect, boolean notNull, boolean generated) {
        return new StoredColumn(column, jdbcType, name, size, scale(), declared(dialect), notNull, generated);
    }
}
