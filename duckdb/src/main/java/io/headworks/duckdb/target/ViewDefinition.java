package io.headworks.duckdb.target;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.LoadCounts;
import io.headworks.duckdb.inspect.DatasetSql;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.Optional;

/**
 * A view in the load's transaction. It names tables without the catalog: that is what a connection happens to be called, and
 * whoever opens the file later calls it otherwise.
 */
final class ViewDefinition {
    private static final String HASH_ALGORITHM = "duckdb-view-v1";

    private final SqlRunner sql;
    private final String catalog;
    private final TableName view;

    ViewDefinition(SqlRunner sql, String catalog, TableName view) {
        this.sql = sql;
        this.catalog = catalog;
        this.view = view;
    }

    /** Makes it, or puts it in the place of an earlier one. It stores no row. */
    LoadCounts make(Relation rows) {
        String select = DatasetSql.withoutCatalog(sql, rows.sql(), catalog, table -> {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot define view " + view + ": it would read " + table
                            + ", which is not in the same file (allowed: tables of the view's own connection)",
                    "store it: strategy truncate-reload");
        });
        sql.execute("CREATE OR REPLACE VIEW " + DuckSql.table(catalog, view) + " AS " + select);
        String hash = sql.query("SELECT printf('%016x', hash(" + DuckSql.text(select) + "))", row -> row.getString(1))
                .get(0);
        return new LoadCounts(0, 0, 0, 0, 0, 0, HASH_ALGORITHM, hash);
    }

    /** What it gives inside this transaction. */
    Relation rows() {
        Optional<Relation> rows = new TableCatalog(sql, catalog).view(view);
        return rows.orElseThrow(
                () -> new HeadworksException(FailureKind.INTERNAL, "Cannot read view " + view + ": it is not there"));
    }
}
