package io.headworks.api.source;

import io.headworks.api.dataset.TableName;
import java.util.List;

/**
 * A table as the catalogue of a source shows it.
 *
 * @param name with its schema, where the system has schemas
 * @param home true where the name alone, without a schema, finds it
 * @param view true for what is computed when it is read
 * @param columns their names, in order
 */
public record SourceTable(TableName name, boolean home, boolean view, List<String> columns) {
    public SourceTable {
        columns = List.copyOf(columns);
    }
}
