package io.headworks.duckdb.target;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.Fence;
import io.headworks.api.ledger.LedgerTables;
import io.headworks.api.target.WorkTables;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fences of one attached file, and the leftovers that their holders clean up. */
final class Fences {
    private final SqlRunner sql;
    private final String catalog;
    private final OwnTables own;
    private final String table;

    Fences(SqlRunner sql, String catalog) {
        this.sql = sql;
        this.catalog = catalog;
        this.own = new OwnTables(sql, catalog);
        this.table = own.sql(LedgerTables.FENCE);
    }

    /** Raises the number in a transaction of its own, and proves it by reading it back in another. */
    Fence take(String dataset, String runId, Instant now) {
        sql.execute("BEGIN TRANSACTION");
        Fence fence;
        try {
            fence = unlessContended(dataset, () -> raise(dataset, runId, now));
            unlessContended(dataset, () -> {
                sql.execute("COMMIT");
                return fence;
            });
        } catch (RuntimeException failed) {
            rollBack(failed);
            throw failed;
        }
        long kept = sql.number(
                "SELECT count(*) FROM " + table + " WHERE " + holds(fence) + " AND run_id = " + DuckSql.text(runId));
        if (kept != 1) {
            throw held(dataset, "another run took it meanwhile", null);
        }
        return fence;
    }

    private Fence raise(String dataset, String runId, Instant now) {
        own.create();
        String values = "run_id = " + DuckSql.text(runId) + ", taken_at = " + Literals.instant(now);
        String where = " WHERE dataset = " + DuckSql.text(dataset);
        long raised = sql.update("UPDATE " + table + " SET number = number + 1, " + values + where);
        if (raised == 0) {
            sql.update("INSERT INTO " + table + " (dataset, number, run_id, taken_at) VALUES ("
                    + Literals.list(List.of(dataset, 1L, runId, now)) + ")");
        }
        dropLeftovers(dataset);
        return new Fence(dataset, sql.number("SELECT number FROM " + table + where), runId, now);
    }

    /** Locks the fence inside a load's transaction; a SELECT would not conflict with a later taker. */
    void lock(Fence fence) {
        long touched = unlessContended(
                fence.dataset(), () -> sql.update("UPDATE " + table + " SET number = number WHERE " + holds(fence)));
        if (touched != 1) {
            throw held(
                    fence.dataset(),
                    "run " + fence.runId() + " holds number " + fence.number() + ", and another run took it meanwhile",
                    null);
        }
    }

    /** Locks the fence of another dataset, if it ever had one, until this transaction ends. */
    void hold(String dataset) {
        raise(dataset, 0);
    }

    /** The same, and whoever has it loses it. */
    void supersede(String dataset) {
        raise(dataset, 1);
    }

    private void raise(String dataset, int by) {
        unlessContended(
                dataset,
                () -> sql.update("UPDATE " + table + " SET number = number + " + by + " WHERE dataset = "
                        + DuckSql.text(dataset)));
    }

    /** Work tables of dead runs: of all but those that hold the fence of another dataset. */
    private void dropLeftovers(String dataset) {
        List<String> others = sql.query(
                "SELECT run_id FROM " + table + " WHERE dataset <> " + DuckSql.text(dataset), row -> row.getString(1));
        new TableCatalog(sql, catalog)
                .workTables().stream()
                        .filter(leftover -> others.stream().noneMatch(run -> WorkTables.isOf(run, leftover.table())))
                        .forEach(leftover -> sql.execute("DROP TABLE " + DuckSql.table(catalog, leftover)));
    }

    private static String holds(Fence fence) {
        return "dataset = " + DuckSql.text(fence.dataset()) + " AND number = " + fence.number();
    }

    private void rollBack(RuntimeException cause) {
        try {
            sql.execute("ROLLBACK");
        } catch (RuntimeException alreadyEnded) {
            cause.addSuppressed(alreadyEnded);
        }
    }

    /** Two transactions of this process that want one row: the later is refused by the engine, and that means HELD. */
    private static <T> T unlessContended(String dataset, Supplier<T> work) {
        try {
            return work.get();
        } catch (HeadworksException failed) {
            String message = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("conflict") || message.contains("duplicate key")) {
                throw held(dataset, "another run of this process is writing it", failed);
            }
            throw failed;
        }
    }

    private static HeadworksException held(String dataset, String why, @Nullable Throwable cause) {
        return new HeadworksException(
                FailureKind.HELD,
                "Cannot write " + dataset + ": " + why,
                "Wait for that run to end; then run this one again.",
                cause);
    }
}
