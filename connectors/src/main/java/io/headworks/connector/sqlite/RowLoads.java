package io.headworks.connector.sqlite;

import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.run.FailPoint;
import io.headworks.connector.sqlite.LoadColumns.Pair;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The strategies that add rows or replace them as a whole: append, truncate-reload, partition-swap. */
final class RowLoads {
    private final LoadWork work;

    RowLoads(LoadWork work) {
        this.work = work;
    }

    Written append() {
        Slice slice = work.request().slice();
        work.refuseDeletions();
        String replaced = slice == null ? "false" : work.slice(slice).contains("t");
        KeyedBatch keyed = work.isKeyed() ? KeyedBatch.of(work) : null;
        if (slice != null) {
            work.refuseOutside(slice);
        }
        Replacement replacement = Replacement.measure(work, keyed, replaced);
        long deleted = slice == null ? 0 : work.deleteWhere(replaced);
        long inserted = work.insert(
                keyed == null
                        ? "true"
                        : "NOT EXISTS (SELECT 1 FROM " + work.from() + " WHERE "
                                + Compare.sameKey(work.columns().keys()) + ")");
        replacement.judge(deleted, inserted);
        return keyed == null
                ? Written.inserted(inserted, deleted)
                : new Written(keyed.staged(), inserted, 0, keyed.upserts() - inserted, keyed.superseded(), deleted, 0);
    }

    Written truncateReload() {
        if (work.request().kind() != BatchKind.SNAPSHOT) {
            throw work.notAllowed("the batch is a part of the source (allowed: a snapshot of it)");
        }
        if (work.request().slice() != null) {
            throw work.notAllowed("a slice would take the place of the whole table");
        }
        return replace("true", null);
    }

    Written partitionSwap() {
        Partitioning partitioning = work.load().partition();
        if (partitioning == null) {
            throw work.notAllowed("partition_key is missing");
        }
        Pair column = work.columns().named(partitioning.column(), "partition column");
        Slice slice = work.request().slice();
        if (slice != null) {
            refuseCut(partitioning, column, slice);
            return replace(work.slice(slice).contains("t"), slice);
        } else if (work.request().kind() == BatchKind.SNAPSHOT) {
            return replace("true", null);
        }
        return replace(
                "EXISTS (SELECT 1 FROM " + LoadWork.UPSERTS + " AND " + partition(partitioning, column.in("t")) + " IS "
                        + partition(partitioning, column.in("b")) + ")",
                null);
    }

    private Written replace(String replaced, @Nullable Slice slice) {
        KeyedBatch keyed = work.isKeyed() ? KeyedBatch.of(work) : null;
        if (slice != null) {
            work.refuseOutside(slice);
        }
        Replacement replacement = Replacement.measure(work, keyed, replaced);
        long deleted = work.deleteWhere(replaced);
        FailPoint.K24.pass();
        long inserted = work.insert("true");
        replacement.judge(deleted, inserted);
        Written written = Written.inserted(inserted, deleted);
        return keyed == null ? written : written.withSuperseded(keyed.superseded());
    }

    /** A slice whose bounds are not those of partitions would leave only a part of a partition. */
    private void refuseCut(Partitioning partitioning, Pair column, Slice slice) {
        SliceCondition range = work.slice(slice);
        boolean ofPartitions = column.column().name().equalsIgnoreCase(slice.column());
        if (!ofPartitions || !isBound(partitioning, range.from()) || !isBound(partitioning, range.to())) {
            throw work.notAllowed("a slice must hold whole partitions, by " + partitioning.column() + " and "
                    + partitioning.by().name().toLowerCase(Locale.ROOT) + " (given: " + slice.column() + " from "
                    + slice.from() + " to " + slice.to() + ")");
        }
    }

    /** Times are texts of one form, so that a unit begins with its first text and zeros. */
    private boolean isBound(Partitioning partitioning, String literal) {
        if (partitioning.by() == By.VALUE) {
            return true;
        }
        String text = literal.substring(1, literal.length() - 1);
        int unit = Math.min(characters(partitioning.by()), text.length());
        String least =
                "0000-01-01 00:00:00.000000000".substring(unit, text.endsWith("Z") ? text.length() - 1 : text.length());
        return text.equals(text.substring(0, unit) + least + (text.endsWith("Z") ? "Z" : ""));
    }

    private String partition(Partitioning partitioning, String value) {
        return partitioning.by() == By.VALUE
                ? value
                : "substr(" + value + ", 1, " + characters(partitioning.by()) + ")";
    }

    private int characters(By by) {
        Partitioning partitioning = work.load().partition();
        Pair column = work.columns().named(partitioning == null ? "" : partitioning.column(), "partition column");
        if (!column.column().readAs().isTime()) {
            throw work.notAllowed("it is partitioned by " + by.name().toLowerCase(Locale.ROOT) + " of '"
                    + column.column().name() + "', whose type is "
                    + column.column().readAs()
                    + " (allowed: date, timestamp, timestamptz)");
        }
        return switch (by) {
            case YEAR -> 4;
            case MONTH -> 7;
            case DAY -> 10;
            case HOUR -> 13;
            case VALUE -> throw new IllegalArgumentException("a value has no calendar unit");
        };
    }
}
