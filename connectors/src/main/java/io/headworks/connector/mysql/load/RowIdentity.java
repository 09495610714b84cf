package io.headworks.connector.mysql.load;

import io.headworks.connector.relational.LoadColumns;
import io.headworks.connector.relational.LoadColumns.Pair;
import io.headworks.connector.relational.RowKey;
import io.headworks.connector.relational.TargetTable;
import io.headworks.connector.relational.TargetTable.TargetColumn;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What tells a row from others where rows have no number: its primary key, or without one the merge keys. A key of one
 * integer stands for itself, so that rows are found by the key's index; any other, of whatever length, by its SHA-256.
 */
final class RowIdentity {
    private RowIdentity() {}

    static RowKey of(TargetTable table, LoadColumns columns) {
        List<TargetColumn> key = table.primaryKey().isEmpty()
                ? columns.keys().stream().map(Pair::column).toList()
                : table.primaryKey().stream()
                        .map(name -> table.column(name).orElseThrow())
                        .toList();
        if (key.size() == 1 && key.get(0).readAs().isInteger() && key.get(0).notNull()) {
            return RowKey.ofNumber("t." + key.get(0).sql());
        }
        String hash = key.stream()
                .map(column -> "coalesce(sha2(CAST(t." + column.sql() + " AS BINARY), 256), 'null')")
                .collect(Collectors.joining(", ", "sha2(concat_ws(',', ", "), 256)"));
        return new RowKey(List.of(new RowKey.Part(hash, "CHAR(64)", false)));
    }
}
