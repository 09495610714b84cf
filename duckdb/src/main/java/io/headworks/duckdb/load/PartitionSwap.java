package io.headworks.duckdb.load;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.run.FailPoint;
import io.headworks.duckdb.load.LoadColumns.Pair;
import io.headworks.duckdb.sql.DuckSql;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Replaces whole partitions: those of a slice, or all by a snapshot, or those that the batch has rows of. Rows without a
 * partition value make one of their own.
 */
final class PartitionSwap {
    private final Work work;
    private final Partitioning partitioning;
    private final Pair column;

    private PartitionSwap(Work work, Partitioning partitioning) {
        this.work = work;
        this.partitioning = partitioning;
        this.column = work.columns().named(partitioning.column(), "partition column");
    }

    static Written apply(Work work) {
        Partitioning partitioning = work.load().partition();
        if (partitioning == null) {
            throw work.notAllowed("partition_key is missing");
        }
        PartitionSwap swap = new PartitionSwap(work, partitioning);
        Slice slice = work.request().slice();
        if (slice != null) {
            swap.refuseCut(slice);
            return swap.replaceSlice(slice);
        }
        return work.request().kind() == BatchKind.SNAPSHOT ? Reload.all(work) : swap.replacePresent();
    }

    /** A slice whose bounds are not those of partitions would leave only a part of a partition. */
    private void refuseCut(Slice slice) {
        boolean ofPartitions = column.column().name().equalsIgnoreCase(slice.column());
        SliceRange range = SliceRange.of(slice, column.column());
        if (!ofPartitions || !isBound(range.from()) || !isBound(range.to())) {
            throw work.notAllowed("a slice must hold whole partitions, by " + partitioning.column() + " and "
                    + partitioning.by().name().toLowerCase(Locale.ROOT) + " (given: " + slice.column() + " from "
                    + slice.from() + " to " + slice.to() + ")");
        }
    }

    private boolean isBound(String value) {
        return work.sql().number("SELECT CAST(" + partition(value) + " = " + value + " AS INTEGER)") == 1;
    }

    private String partition(String value) {
        return partitioning.by() == Partitioning.By.VALUE
                ? value
                : "date_trunc(" + DuckSql.text(partitioning.by().name().toLowerCase(Locale.ROOT)) + ", " + value + ")";
    }

    private Written replaceSlice(Slice slice) {
        String inSlice = SliceRange.of(slice, column.column()).where("t." + column.name());
        KeyedBatch keyed = work.isKeyed() ? KeyedBatch.of(work) : null;
        return replace(keyed, keyed == null ? BatchRows.once(work) : keyed.rows(), inSlice, slice);
    }

    private Written replacePresent() {
        KeyedBatch keyed = work.isKeyed() ? KeyedBatch.of(work) : null;
        BatchRows rows = keyed == null ? BatchRows.again(work) : keyed.rows();
        String present = work.sql()
                .keep("SELECT DISTINCT " + partition("b." + column.name()) + " AS p FROM "
                        + rows.withoutDeletions().sql() + " AS b");
        String inPresent = "EXISTS (SELECT 1 FROM " + present + " AS p WHERE p.p IS NOT DISTINCT FROM "
                + partition("t." + column.name()) + ")";
        return replace(keyed, rows, inPresent, null);
    }

    private Written replace(@Nullable KeyedBatch keyed, BatchRows rows, String replaced, @Nullable Slice slice) {
        Replacement replacement = keyed == null ? null : Replacement.measure(work, keyed, replaced);
        String table = work.table().sql();
        long deleted = work.sql().write("DELETE FROM " + table + " AS t WHERE " + replaced);
        FailPoint.K24.pass();
        Insertion insertion = Insertion.of(work, rows).withoutDeletions();
        long inserted = (slice == null ? insertion : insertion.refuseOutside(slice)).into(table);
        if (replacement == null) {
            ChangeBreaker.of(work).replaced(deleted, inserted);
        } else {
            replacement.judge();
        }
        Written written = Written.inserted(inserted, deleted);
        return keyed == null ? written : written.withSuperseded(keyed.superseded());
    }
}
