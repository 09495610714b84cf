package io.headworks.duckdb.load;

import io.headworks.api.load.MatchedColumns;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckTypes;

/**
 * A column as DuckDB's catalogue has it.
 *
 * @param spelling its type as DuckDB writes it
 * @param generated computed by the table itself: never written
 */
public record TableColumn(String name, String spelling, boolean nullable, boolean generated)
        implements MatchedColumns.Column {

    @Override
    public DataType type() {
        return DuckTypes.parse(spelling);
    }
}
