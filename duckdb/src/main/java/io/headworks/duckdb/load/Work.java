package io.headworks.duckdb.load;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;
import io.headworks.duckdb.sql.DuckSql;

/**
 * What a strategy is applied to.
 *
 * @param rowsBefore rows of the table before this load
 */
record Work(LoadSql sql, TableShape table, LoadColumns columns, LoadRequest request, long rowsBefore) {

    Load load() {
        return request.load();
    }

    boolean carries(String hiddenColumn) {
        return request.batch().carries(hiddenColumn);
    }

    /** True for rows of the batch that are to be stored. */
    String isUpsert(String alias) {
        return carries(HiddenColumns.OP)
                ? alias + "." + DuckSql.name(HiddenColumns.OP) + " IS DISTINCT FROM 'delete'"
                : "true";
    }

    HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot " + load().strategy().key() + " into " + load().table() + ": " + why);
    }

    HeadworksException notAllowed(String why) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot " + load().strategy().key() + " into " + load().table() + ": " + why);
    }
}
