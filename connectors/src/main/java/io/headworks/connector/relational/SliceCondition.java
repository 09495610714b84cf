package io.headworks.connector.relational;

import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.connector.relational.LoadColumns.Pair;

/** A slice as a condition on its column, the bounds as literals of the column's type. */
record SliceCondition(Pair column, String from, String to) {

    static SliceCondition of(Spelling spelling, Slice slice, Pair column) {
        return new SliceCondition(
                column, spelling.bound(slice.from(), column.column()), spelling.bound(slice.to(), column.column()));
    }

    String contains(String alias) {
        return column.in(alias) + " >= " + from + " AND " + column.in(alias) + " < " + to;
    }
}
