package io.headworks.duckdb.load;

import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.sql.DuckSql;

/** A slice as conditions on a column, its bounds in the column's type. */
record SliceRange(String from, String to) {

    static SliceRange of(Slice slice, TableColumn column) {
        DataType type = column.type();
        return new SliceRange(DuckSql.literal(slice.from(), type), DuckSql.literal(slice.to(), type));
    }

    /** NULL is outside. */
    String contains(String value) {
        return "coalesce(" + value + " >= " + from + " AND " + value + " < " + to + ", false)";
    }

    /** The same for a WHERE, where NULL is as good as false and a plain comparison can skip blocks. */
    String where(String column) {
        return column + " >= " + from + " AND " + column + " < " + to;
    }
}
