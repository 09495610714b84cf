package io.headworks.duckdb.history;

import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;

/** Temporary tables of one load; the session's own, so that no target's transaction writes a second file. */
final class Scratch implements AutoCloseable {
    private final SqlRunner sql;
    private final String prefix;
    private final List<String> tables = new ArrayList<>();

    /** @param prefix what no other temporary table of the session begins with */
    Scratch(SqlRunner sql, String prefix) {
        this.sql = sql;
        this.prefix = prefix;
    }

    SqlRunner sql() {
        return sql;
    }

    /** Keeps the rows of a SELECT; the answer is the quoted name to read them from. */
    String keep(String name, String select) {
        String table = "temp.main." + DuckSql.name(prefix + name);
        sql.execute("CREATE TEMPORARY TABLE " + table + " AS " + select);
        tables.add(table);
        return table;
    }

    /** The same for rows that somebody reads when this is closed; they stay until the session ends. */
    String leave(String name, String select) {
        String table = keep(name, select);
        tables.remove(table);
        return table;
    }

    long count(String from) {
        return sql.number("SELECT count(*) FROM " + from);
    }

    @Override
    public void close() {
        List<String> all = List.copyOf(tables);
        tables.clear();
        all.forEach(table -> sql.execute("DROP TABLE IF EXISTS " + table));
    }
}
