package io.headworks.duckdb.compile;

import io.headworks.api.load.History;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The intervals of another dataset's versions: half-open, naive timestamps in UTC.
 *
 * @param from the column of the begin
 * @param to the column of the end
 * @param openEnd what an interval that has not ended has there, if not NULL
 */
record Versions(String from, String to, LocalDate openEnd) {

    /**
     * Where a row seeks the version of a time.
     *
     * @return null where the dataset has none and none is sought
     */
    static @Nullable Versions of(Sought sought) {
        Load load = sought.other().load();
        History history = load == null ? null : load.history();
        String asOf = sought.lookup().asOf();
        boolean versioned = load == null ? looksVersioned(sought) : history != null && history.keepsVersions();
        if (asOf == null && versioned) {
            throw Refusal.of(
                    "Cannot " + sought.what() + ": it keeps history, and nothing says which version is meant",
                    "say as_of: the column with the time of a row, or as_of: now");
        } else if (asOf == null) {
            return null;
        } else if (load != null && !versioned) {
            throw Refusal.of(
                    "Cannot " + sought.what() + " as of " + asOf + ": it has one row for each key and no versions",
                    "take as_of out");
        }
        Versions versions = history == null
                ? new Versions(History.Names.DEFAULT.from(), History.Names.DEFAULT.to(), History.FAR_AWAY)
                : new Versions(
                        history.names().from(),
                        history.names().to(),
                        history.openEnd() == null ? History.FAR_AWAY : history.openEnd());
        versions.requireTimes(sought);
        return versions;
    }

    /** Of a table that another project writes all that is known is its columns. */
    private static boolean looksVersioned(Sought sought) {
        var columns = sought.other().rows().schema();
        return columns.has(HistoryTable.TRACKED) && columns.has(History.Names.DEFAULT.from());
    }

    private void requireTimes(Sought sought) {
        for (String column : new String[] {from, to}) {
            Field field = sought.other().column(column);
            if (!(field.type() instanceof DataType.Timestamp timestamp) || timestamp.zoned()) {
                throw Refusal.of(
                        "Cannot " + sought.what() + " as of " + sought.lookup().asOf() + ": its " + column + " is "
                                + field.type() + " (allowed: timestamp, in UTC)");
            }
        }
    }

    String from(String alias) {
        return alias + "." + DuckSql.name(from);
    }

    /** When a version ends; never NULL. */
    String until(String alias) {
        String end = alias + "." + DuckSql.name(to);
        return "CASE WHEN " + end + " < TIMESTAMP '" + openEnd + " 00:00:00' THEN " + end
                + " ELSE TIMESTAMP 'infinity' END";
    }
}
