package io.headworks.duckdb.batch;

import io.headworks.api.batch.Column;
import io.headworks.api.batch.ColumnBatch;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Appends batches to a table made for them. Types that the driver cannot append are stored as texts first. */
public final class BatchWriter implements AutoCloseable {
    private final Schema schema;
    private final List<WriteColumn> columns;
    private final DuckDBAppender appender;
    private long rows;

    /** @param table an empty table with the columns of {@link #storedColumns} */
    public BatchWriter(DuckDBConnection connection, Schema schema, String catalog, String table) throws SQLException {
        this.schema = schema;
        this.columns = WriteColumn.all(schema);
        this.appender = connection.createAppender(catalog, "main", table);
    }

    /** Column definitions of the table to write into. */
    public static String storedColumns(Schema schema) {
        List<String> out = new ArrayList<>();
        for (Field field : schema.fields()) {
            out.add(DuckSql.name(field.name()) + " "
                    + WriteColumn.of(field.name(), field.type()).stored());
        }
        return String.join(", ", out);
    }

    /** The list that makes the schema's types of the stored columns. */
    public static String typedColumns(Schema schema) {
        List<String> out = new ArrayList<>();
        for (Field field : schema.fields()) {
            String name = DuckSql.name(field.name());
            WriteColumn column = WriteColumn.of(field.name(), field.type());
            out.add(column.typed() == null ? name : column.typed().apply(name) + " AS " + name);
        }
        return String.join(", ", out);
    }

    /** True when the stored columns have the schema's types already. */
    public static boolean isTyped(Schema schema) {
        return WriteColumn.all(schema).stream().allMatch(column -> column.typed() == null);
    }

    public void write(ColumnBatch batch) throws SQLException {
        List<Column> values = batch.columns();
        for (int row = 0; row < batch.rows(); row++) {
            appender.beginRow();
            for (int i = 0; i < columns.size(); i++) {
                Column column = values.get(i);
                if (column.isNull(row)) {
                    appender.appendNull();
                } else {
                    columns.get(i).writer().append(appender, column, row);
                }
            }
            appender.endRow();
        }
        rows += batch.rows();
    }

    public long rows() {
        return rows;
    }

    public Schema schema() {
        return schema;
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
