package io.headworks.connector.mysql.source;

import io.headworks.api.type.DataType;
import io.headworks.connector.result.Cells;
import java.util.function.Supplier;

/**
 * How a column comes over.
 *
 * @param type what it is here
 * @param cast what the server converts it to before it is sent, such as {@code DOUBLE}; empty for nothing
 */
public record ColumnReading(DataType type, String cast, Supplier<Cells> cells) {

    ColumnReading(DataType type, Supplier<Cells> cells) {
        this(type, "", cells);
    }

    public String expression(String column) {
        return cast.isEmpty() ? column : "CAST(" + column + " AS " + cast + ")";
    }

    ColumnReading as(DataType other) {
        return new ColumnReading(other, cast, cells);
    }
}
