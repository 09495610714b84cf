package io.headworks.duckdb.target;

import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's SQL in the load's transaction: names without a catalog mean the target file while it runs. */
final class UserStatement {
    private final String catalog;
    private @Nullable String pathBefore;

    UserStatement(String catalog) {
        this.catalog = catalog;
    }

    void run(SqlRunner sql, String statement) {
        List<String> path = sql.query("SELECT current_setting('search_path')", row -> row.getString(1));
        pathBefore = path.get(0);
        sql.execute("USE " + DuckSql.name(catalog) + ".main");
        sql.execute(statement);
        restore(sql);
    }

    /** After a failure this is due once the transaction is rolled back: until then the session runs nothing. */
    void restore(SqlRunner sql) {
        if (pathBefore != null) {
            sql.execute("SET search_path = " + DuckSql.text(pathBefore));
            pathBefore = null;
        }
    }
}
