package io.headworks.duckdb.merge;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.load.TableColumn;
import io.headworks.duckdb.load.TableShape;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.DuckTypes;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import java.util.stream.Collectors;

/** A table in work storage with the columns, and the NOT NULLs, of the table that is loaded. */
final class WorkTable {
    private final SqlRunner sql;
    private final TableShape shape;
    private final Schema schema;

    private WorkTable(SqlRunner sql, TableShape shape, Schema schema) {
        this.sql = sql;
        this.shape = shape;
        this.schema = schema;
    }

    /** @param loaded the name for messages */
    static WorkTable create(SqlRunner sql, FileMerge.WorkTables work, TableName loaded, Schema schema) {
        TableShape shape = new TableShape(
                work.catalog(),
                loaded,
                new TableName("main", work.freshName("part")),
                schema.fields().stream().map(WorkTable::column).toList(),
                List.of(),
                true,
                false);
        String columns = schema.fields().stream()
                .map(field -> DuckSql.name(field.name()) + " " + DuckTypes.spelling(field.type())
                        + (field.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        sql.execute("CREATE TABLE " + shape.sql() + " (" + columns + ")");
        return new WorkTable(sql, shape, schema);
    }

    private static TableColumn column(Field field) {
        return new TableColumn(field.name(), DuckTypes.spelling(field.type()), field.nullable(), false);
    }

    long fill(Relation rows) {
        String names = DuckSql.names(schema.names());
        return sql.update(
                "INSERT INTO " + shape.sql() + " (" + names + ") SELECT " + names + " FROM (" + rows.sql() + ")");
    }

    TableShape shape() {
        return shape;
    }

    Relation relation() {
        return new Relation("SELECT " + DuckSql.names(schema.names()) + " FROM " + shape.sql(), schema, List.of());
    }
}
