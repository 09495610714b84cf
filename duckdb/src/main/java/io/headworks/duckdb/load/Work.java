package io.headworks.duckdb.load;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadRequest;

/**
 * What a strategy is applied to.
 *
 * @param rowsBefore rows of the table before this load
 * @param elsewhere rows that are not in {@code table}
 */
record Work(
        LoadSql sql,
        TableShape table,
        LoadColumns columns,
        LoadRequest request,
        long rowsBefore,
        LoadedTable.Elsewhere elsewhere) {

    Load load() {
        return request.load();
    }

    boolean carriesDeletions() {
        return request.batch().carries(HiddenColumns.OP);
    }

    boolean isKeyed() {
        return !load().mergeKeys().isEmpty();
    }

    /** The data does not allow it. */
    HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.RUN, "Cannot " + load().strategy().key() + " into " + load().table() + ": " + why);
    }

    /** The project asks for what cannot be. */
    HeadworksException notAllowed(String why) {
        return new HeadworksException(
                FailureKind.PROJECT, "Cannot " + load().strategy().key() + " into " + load().table() + ": " + why);
    }
}
