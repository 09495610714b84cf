package io.headworks.duckdb.profile;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;

/** A column as expressions, by what its values can be asked. */
record ColumnSql(Field field) {
    /** Squares of larger values overflow a double, which the engine takes for an error. */
    private static final String SUMMABLE = "1e150";

    /** What values can be asked. */
    enum Kind {
        /** Numbers without NaN or infinity. */
        NUMBER,
        /** Numbers with them. */
        REAL,
        TEXT,
        DATE,
        TIME,
        /** Values that have an order and no distance. */
        ORDERED,
        /** Values that can only be told apart. */
        OTHER
    }

    Kind kind() {
        DataType type = field.type();
        if (type == Simple.FLOAT || type == Simple.DOUBLE) {
            return Kind.REAL;
        } else if (type.isNumber()) {
            return Kind.NUMBER;
        } else if (type.isText()) {
            return Kind.TEXT;
        } else if (type == Simple.DATE) {
            return Kind.DATE;
        } else if (type.isTime()) {
            return Kind.TIME;
        }
        boolean ordered = type == Simple.BOOLEAN || type == Simple.UUID || type instanceof DataType.Time;
        return ordered ? Kind.ORDERED : Kind.OTHER;
    }

    boolean isNumber() {
        return kind() == Kind.NUMBER || kind() == Kind.REAL;
    }

    boolean isText() {
        return kind() == Kind.TEXT;
    }

    boolean isOrdered() {
        return kind() != Kind.OTHER;
    }

    /** True where values have distances: quantiles and a histogram make sense. */
    boolean isMeasured() {
        return isOrdered() && kind() != Kind.ORDERED && !isText();
    }

    /** True where NaN or infinity may be among the values. */
    boolean mayBeInfinite() {
        return kind() == Kind.REAL || kind() == Kind.DATE || kind() == Kind.TIME;
    }

    String name() {
        return DuckSql.name(field.name());
    }

    /** The value; an enumeration as text, whose own order is that of its definition. */
    String value() {
        return field.type() instanceof DataType.Enumeration ? "CAST(" + name() + " AS VARCHAR)" : name();
    }

    /** The value, NULL where it is NaN or infinite. */
    String finite() {
        return mayBeInfinite() ? "CASE WHEN isfinite(" + name() + ") THEN " + name() + " END" : value();
    }

    /** The value as a double that can be squared; NULL where it cannot. */
    String summable() {
        String number = "CAST(" + name() + " AS DOUBLE)";
        return kind() == Kind.REAL
                ? "CASE WHEN abs(" + name() + ") < " + SUMMABLE + " THEN " + number + " END"
                : number;
    }

    /** A number whose differences are distances: seconds for times. */
    String measure() {
        return switch (kind()) {
            case DATE -> "epoch(CAST(" + finite() + " AS TIMESTAMP))";
            case TIME -> "epoch(" + finite() + ")";
            default -> summable();
        };
    }
}
