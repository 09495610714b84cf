package io.headworks.core.service;

import io.headworks.api.type.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows for people and documents.
 *
 * @param rows values as {@link CellValues} gives them
 * @param more true when there are rows beyond these
 */
public record RowTable(Schema schema, List<List<@Nullable Object>> rows, boolean more) {

    /** The public document of {@code hw query}. */
    public Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(
                "columns",
                schema.fields().stream()
                        .map(field -> {
                            Map<String, Object> column = new LinkedHashMap<>();
                            column.put("name", field.name());
                            column.put("type", field.type().toString());
                            return column;
                        })
                        .toList());
        tree.put("rows", rows);
        tree.put("more", more);
        return tree;
    }
}
