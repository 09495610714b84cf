package io.headworks.api.load;

import java.util.List;

/**
 * Rows that go before a batch is applied: those whose column has one of these values.
 *
 * @param values texts of the column's type
 */
public record Removal(String column, List<String> values) {
    public Removal {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("Cannot remove by " + column + ": no value is named");
        }
    }
}
