package io.headworks.connector.postgres.swap;

import io.headworks.connector.relational.Statements;
import java.util.List;

/** A table beside its rows and its name, and what hangs on it: as it was made, or with something done to it since. */
public record TableLook(List<String> portrait, List<String> obstacles) {

    /** @param quoted the table, qualified */
    public static TableLook of(Statements sql, String quoted) {
        long table = sql.query("SELECT CAST(CAST(? AS regclass) AS oid)", row -> row.getLong(1), quoted)
                .get(0);
        return new TableLook(TablePortrait.of(sql, table), SwapObstacles.of(sql, table));
    }
}
