package io.headworks.duckdb.target;

import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;

/** A user's SQL in the load's transaction: names without a catalog mean the target file while it runs. */
final class UserStatement {
    private final SqlRunner sql;
    private final String catalog;

    UserStatement(SqlRunner sql, String catalog) {
        this.sql = sql;
        this.catalog = catalog;
    }

    void run(String statement) {
        List<String> path = sql.query("SELECT current_setting('search_path')", row -> row.getString(1));
        sql.execute("USE " + DuckSql.name(catalog) + ".main");
        sql.execute(statement);
        sql.execute("SET search_path = " + DuckSql.text(path.get(0)));
    }
}
