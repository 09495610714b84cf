package io.headworks.core.run;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.source.KeyRange;
import io.headworks.api.type.Field;

/** Counts what a table has of a slice. */
final class RowsOfSlice {
    private final Stage run;

    RowsOfSlice(Stage run) {
        this.run = run;
    }

    /** -1 when the table has rows but not the slice's column, so that nobody can tell. */
    long count(TableName table, Slice slice) {
        if (!OpenConnections.isThere(run.target(), table)) {
            return 0;
        }
        Relation rows = run.target().read(table);
        Field column = rows.schema().field(slice.column()).orElse(null);
        if (column == null) {
            return run.engine().count(rows) == 0 ? 0 : -1;
        }
        return run.engine()
                .count(run.engine()
                        .within(rows, new KeyRange(slice.column(), column.type(), slice.from(), slice.to(), false)));
    }
}
