package io.headworks.duckdb.load;

import io.headworks.api.load.BatchKind;
import io.headworks.api.run.FailPoint;
import io.headworks.duckdb.sql.DuckSql;
import java.util.stream.Collectors;

/**
 * Replaces all rows. The new version is built beside the old one and takes its name, all in the load's transaction; a
 * table with indexes, keys, defaults or comments, which would be lost, is emptied and filled instead. Views are bound by
 * name and survive both.
 */
final class Reload {
    private final Work work;

    private Reload(Work work) {
        this.work = work;
    }

    /** Truncate-reload. */
    static Written apply(Work work) {
        if (work.request().kind() != BatchKind.SNAPSHOT) {
            throw work.notAllowed("the batch is a part of the source (allowed: a snapshot of it)");
        }
        if (work.request().slice() != null) {
            throw work.notAllowed("a slice would take the place of the whole table");
        }
        return all(work);
    }

    /** By whatever the batch holds. */
    static Written all(Work work) {
        Reload reload = new Reload(work);
        return work.isKeyed() ? reload.byNewestOfEachKey() : reload.byAllRows();
    }

    private Written byAllRows() {
        Written written = replaceBy(BatchRows.once(work));
        ChangeBreaker.of(work).replaced(written.deleted(), written.inserted());
        return written;
    }

    private Written byNewestOfEachKey() {
        KeyedBatch batch = KeyedBatch.of(work);
        Replacement.measure(work, batch, "true").judge();
        return replaceBy(batch.rows()).withSuperseded(batch.superseded());
    }

    private Written replaceBy(BatchRows rows) {
        Insertion insertion = Insertion.of(work, rows).withoutDeletions();
        boolean swapped = work.rowsBefore() > 0 && work.table().replaceable();
        long inserted = swapped ? swap(insertion) : refill(insertion);
        Written written = Written.inserted(inserted, work.rowsBefore());
        return swapped ? written.inNewTable() : written;
    }

    private long refill(Insertion rows) {
        if (work.rowsBefore() > 0) {
            work.sql().write("DELETE FROM " + work.table().sql());
        }
        return rows.into(work.table().sql());
    }

    private long swap(Insertion rows) {
        String name = work.sql().freshName();
        String beside = work.table().sibling(name);
        String columns = work.table().columns().stream()
                .map(column ->
                        DuckSql.name(column.name()) + " " + column.spelling() + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
        work.sql().define("CREATE TABLE " + beside + " (" + columns + ")");
        long inserted = rows.into(beside);
        work.sql().define("DROP TABLE " + work.table().sql());
        FailPoint.K21.pass();
        work.sql()
                .define("ALTER TABLE " + beside + " RENAME TO "
                        + DuckSql.name(work.table().stored().table()));
        return inserted;
    }
}
