package io.headworks.connector.jdbc.catalog;

import io.headworks.api.dataset.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something rows can be read from by name.
 *
 * @param name as the catalogue has it, with its schema
 * @param otherCollation the rule of a text column that does not compare by all characters; null when there is none
 */
public record StoredTable(
        TableName name,
        boolean view,
        List<StoredColumn> columns,
        List<String> primaryKey,
        @Nullable String otherCollation) {
    public StoredTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
