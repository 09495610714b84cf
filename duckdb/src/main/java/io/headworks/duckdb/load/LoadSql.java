package io.headworks.duckdb.load;

import io.headworks.api.run.FailPoint;
import io.headworks.api.target.WorkTables;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of one load, and the temporary tables between them. */
public final class LoadSql {
    private final SqlRunner sql;
    private final String runId;
    private final List<String> temporaries = new ArrayList<>();
    private int names;

    public LoadSql(SqlRunner sql, String runId) {
        this.sql = sql;
        this.runId = runId;
    }

    /** Changes rows of the table and answers how many. */
    long write(String statement) {
        long rows = sql.update(statement);
        FailPoint.K13.pass();
        return rows;
    }

    /** Creates, renames or drops a table. */
    void define(String statement) {
        sql.execute(statement);
        FailPoint.K13.pass();
    }

    long number(String select) {
        return sql.number(select);
    }

    Optional<String> firstText(String select) {
        return sql.query(select, row -> String.valueOf(row.getString(1))).stream()
                .findFirst();
    }

    <T> List<T> query(String select, SqlRunner.RowMapper<T> mapper) {
        return sql.query(select, mapper);
    }

    /** A name for a work table that no other of this run has, unquoted. */
    String freshName() {
        names++;
        return WorkTables.name(runId, names);
    }

    /** Keeps the rows of a SELECT for the rest of the load; the answer is the quoted name to read them from. */
    String keep(String select) {
        String table = "temp.main." + DuckSql.name(freshName());
        sql.execute("CREATE TEMPORARY TABLE " + table + " AS " + select);
        temporaries.add(table);
        return table;
    }

    /** Drops what {@link #keep} kept; it lives in the session, not in the transaction's file. */
    void dropKept() {
        temporaries.forEach(table -> sql.execute("DROP TABLE " + table));
        temporaries.clear();
    }
}
