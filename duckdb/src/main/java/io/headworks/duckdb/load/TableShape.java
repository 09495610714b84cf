package io.headworks.duckdb.load;

import io.headworks.api.dataset.TableName;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.Optional;

/**
 * A table's columns and what hangs on it.
 *
 * @param name as the project names it, for messages
 * @param stored as the catalogue spells it, schema included
 * @param replaceable true when a table with the same columns can take its place and nothing is lost: no index, key,
 *     default, check, generated column, collation or comment
 * @param collated true when a column compares text by a rule other than its bytes
 */
public record TableShape(
        String catalog,
        TableName name,
        TableName stored,
        List<TableColumn> columns,
        List<String> primaryKey,
        boolean replaceable,
        boolean collated) {
    public TableShape {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** Its name with catalog and schema, quoted. */
    public String sql() {
        return DuckSql.table(catalog, stored);
    }

    /** Another table of the same schema, quoted. */
    public String sibling(String table) {
        return DuckSql.table(catalog, new TableName(stored.schema(), table));
    }

    public List<String> names() {
        return columns.stream().map(TableColumn::name).toList();
    }

    public Schema schema() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.type(), column.nullable()))
                .toList());
    }

    /** The column of that name; DuckDB compares names without case, and so no table has two that differ only in it. */
    public Optional<TableColumn> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equals(wanted))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(wanted))
                        .findFirst());
    }
}
