package io.headworks.duckdb.target;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.target.WrittenDataset;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.List;
import java.util.Locale;

/** Takes what an environment's loads wrote out of one attached file, and what is remembered of them; in a transaction of the caller's. */
final class Forgetting {
    private final SqlRunner sql;
    private final String catalog;
    private final String environment;
    private final OwnTables own;
    private final String ofEnvironment;

    Forgetting(SqlRunner sql, String catalog, String projectId, String environment) {
        this.sql = sql;
        this.catalog = catalog;
        this.environment = environment;
        this.own = new OwnTables(sql, catalog);
        this.ofEnvironment =
                "project_id = " + DuckSql.text(projectId) + " AND environment = " + DuckSql.text(environment);
    }

    void run(List<WrittenDataset> written) {
        if (!own.has(LedgerTables.LEDGER)) {
            return;
        }
        Fences fences = new Fences(sql, catalog);
        written.forEach(each -> fences.supersede(each.dataset()));
        written.stream().flatMap(each -> each.tables().stream()).forEach(this::refuseShared);
        written.stream().flatMap(each -> each.tables().stream()).forEach(this::drop);
        for (WrittenDataset each : written) {
            sql.update("DELETE FROM " + own.sql(LedgerTables.LEDGER) + " WHERE " + ofEnvironment + " AND dataset = "
                    + DuckSql.text(each.dataset()));
        }
        if (own.has(LedgerTables.DEAD_LETTER)) {
            sql.update("DELETE FROM " + own.sql(LedgerTables.DEAD_LETTER) + " WHERE " + ofEnvironment);
        }
        refuseMore();
    }

    private void refuseShared(TableName table) {
        List<String> others = sql.query(
                "SELECT DISTINCT dataset, environment FROM " + own.sql(LedgerTables.LEDGER) + " WHERE NOT ("
                        + ofEnvironment + ") ORDER BY ALL",
                row -> same(table, DatasetName.parse(row.getString(1)).table()) ? row.getString(2) : "");
        others.stream().filter(each -> !each.isEmpty()).findFirst().ifPresent(other -> {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot drop " + table + " with environment " + environment + ": environment " + other
                            + " has loaded into it too",
                    "nothing was dropped; drop what is left by hand");
        });
    }

    private static boolean same(TableName one, TableName other) {
        return spelled(one).equals(spelled(other));
    }

    private static String spelled(TableName table) {
        return ((table.schema() == null ? "main" : table.schema()) + "." + table.table()).toLowerCase(Locale.ROOT);
    }

    private void drop(TableName table) {
        boolean view = new TableCatalog(sql, catalog).hasView(table);
        sql.execute("DROP " + (view ? "VIEW" : "TABLE") + " IF EXISTS " + DuckSql.table(catalog, table));
    }

    private void refuseMore() {
        if (left() > 0) {
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot drop environment " + environment + ": a run has loaded another table meanwhile",
                    "nothing was dropped; look at it again");
        }
    }

    /** A COMMIT after a failed statement keeps nothing and says nothing. */
    void requireGone() {
        if (own.has(LedgerTables.LEDGER) && left() > 0) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot drop environment " + environment + ": after COMMIT its ledger is still there");
        }
    }

    private long left() {
        return sql.number("SELECT count(*) FROM " + own.sql(LedgerTables.LEDGER) + " WHERE " + ofEnvironment);
    }
}
