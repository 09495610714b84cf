package io.headworks.api.batch;

import io.headworks.api.type.Schema;
import java.util.List;

/** Some rows of a schema, column by column. A batch is read-only once handed over and may be reused by nobody. */
public record ColumnBatch(Schema schema, int rows, List<Column> columns) {
    public ColumnBatch {
        columns = List.copyOf(columns);
        if (columns.size() != schema.fields().size()) {
            throw new IllegalArgumentException("Cannot make a batch of " + columns.size() + " columns: the schema has "
                    + schema.fields().size());
        }
    }
}
