package io.headworks.connector.jdbc.source;

import io.headworks.api.type.DataType;
import io.headworks.connector.result.Cells;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How a column comes over.
 *
 * @param type what it is here
 * @param sent what the database makes of the column before it sends it
 */
public record ColumnReading(DataType type, UnaryOperator<String> sent, Supplier<Cells> cells) {

    ColumnReading(DataType type, Supplier<Cells> cells) {
        this(type, column -> column, cells);
    }

    public String expression(String column) {
        return sent.apply(column);
    }

    ColumnReading as(DataType other) {
        return new ColumnReading(other, sent, cells);
    }
}
