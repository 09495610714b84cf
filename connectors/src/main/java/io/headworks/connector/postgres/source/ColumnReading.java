package io.headworks.connector.postgres.source;

import io.headworks.api.type.DataType;
import io.headworks.connector.postgres.copy.Decoder;

/**
 * How a column comes over.
 *
 * @param type what it is here
 * @param cast what the server converts it to before it is sent, such as {@code text}; empty for nothing
 */
record ColumnReading(DataType type, String cast, Decoder decoder) {

    ColumnReading(DataType type, Decoder decoder) {
        this(type, "", decoder);
    }

    String expression(String column) {
        return cast.isEmpty() ? column : "CAST(" + column + " AS " + cast + ")";
    }
}
