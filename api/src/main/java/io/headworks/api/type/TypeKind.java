package io.headworks.api.type;

/**
 * What kind of type a {@link DataType} is. Apart from it, because an interface with both default methods and constants is
 * initialised by its implementing classes, and then {@link DataType#TEXT} could be null.
 */
sealed interface TypeKind permits DataType {

    default boolean isInteger() {
        return this instanceof DataType.Simple simple
                && simple.ordinal() >= DataType.Simple.INT8.ordinal()
                && simple.ordinal() <= DataType.Simple.HUGEINT.ordinal();
    }

    default boolean isNumber() {
        return isInteger()
                || this instanceof DataType.Decimal
                || this == DataType.Simple.NUMERIC
                || this == DataType.Simple.FLOAT
                || this == DataType.Simple.DOUBLE;
    }

    default boolean isText() {
        return this == DataType.Simple.TEXT || this instanceof DataType.Bounded || this instanceof DataType.Enumeration;
    }

    /** True for dates and timestamps: values on which a look-back is a duration. */
    default boolean isTime() {
        return this == DataType.Simple.DATE || this instanceof DataType.Timestamp;
    }
}
