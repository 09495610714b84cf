package io.headworks.connector.relational;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Load.Breaker;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.load.Load.Partitioning.By;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.Frames;
import io.headworks.connector.relational.Database.DirectInsert;
import io.headworks.connector.relational.LoadColumns.Pair;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The strategies that add rows or replace them as a whole: append, truncate-reload, partition-swap. */
final class RowLoads {
    private final LoadWork work;
    private final EngineSession engine;
    private @Nullable DirectInsert part;

    RowLoads(LoadWork work, EngineSession engine) {
        this.work = work;
        this.engine = engine;
    }

    /** Where the rows are that replace a part of the table as a whole; null where they are in the table. */
    @Nullable
    DirectInsert part() {
        return part;
    }

    /** Rows that need no comparison with others: append and truncate-reload without keys. */
    Written stream(DirectInsert direct) {
        boolean reload = work.load().strategy() == Strategy.TRUNCATE_RELOAD;
        if (reload) {
            refuseUnlessWhole();
        }
        boolean judged = !reload && !work.load().breaker().equals(Breaker.NONE);
        long kept = judged ? work.rowsBefore() : 0;
        long deleted = reload ? direct.clear() : 0;
        if (reload) {
            FailPoint.K24.pass();
        }
        Frames frames = work.request().frames();
        long inserted = frames == null ? direct.insert(work.request().batch()) : direct.pass(frames);
        FailPoint.K13.pass();
        new ChangeBreaker(work.load(), kept + deleted).replaced(deleted, inserted);
        return Written.inserted(inserted, deleted);
    }

    Written append() {
        Slice slice = work.request().slice();
        boolean deletions = work.hasDeletions();
        String replaced = slice == null ? "false" : work.slice(slice).contains("t");
        KeyedBatch keyed = work.isKeyed() ? KeyedBatch.of(work) : null;
        if (deletions) {
            throw work.refused("the batch holds deletions, and append never deletes");
        }
        if (slice != null) {
            work.refuseOutside(slice);
        }
        Replacement replacement = Replacement.measure(work, keyed, replaced);
        long deleted = slice == null ? 0 : work.deleteWhere(replaced);
        String there = "EXISTS (SELECT 1 FROM " + work.from() + " WHERE "
                + (keyed == null ? "false" : Compare.sameKey(work.columns().keys())) + ")";
        if (keyed != null) {
            work.touched().without("SELECT b.hw_row FROM " + work.batch() + " WHERE " + there);
        }
        long inserted = work.insert(keyed == null ? "true" : "NOT " + there);
        replacement.judge(deleted, inserted);
        return keyed == null
                ? Written.inserted(inserted, deleted)
                : new Written(keyed.staged(), inserted, 0, keyed.upserts() - inserted, keyed.superseded(), deleted, 0);
    }

    Written truncateReload() {
        refuseUnlessWhole();
        return replace("true", null);
    }

    private void refuseUnlessWhole() {
        if (work.request().kind() != BatchKind.SNAPSHOT) {
            throw work.notAllowed("the batch is a part of the source (allowed: a snapshot of it)");
        }
        if (work.request().slice() != null) {
            throw work.notAllowed("a slice would take the place of the whole table");
        }
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
                "EXISTS (SELECT 1 FROM " + work.upserts() + " AND "
                        + work.spelling()
                                .same(partition(partitioning, column, "t"), partition(partitioning, column, "b"))
                        + ")",
                null);
    }

    private Written replace(String replaced, @Nullable Slice slice) {
        KeyedBatch keyed = work.isKeyed() ? KeyedBatch.of(work) : null;
        if (slice != null) {
            work.refuseOutside(slice);
        }
        Replacement replacement = Replacement.measure(work, keyed, replaced);
        boolean exchangeable = work.load().strategy() == Strategy.PARTITION_SWAP
                && work.request().materialised()
                && !work.hasDeletions()
                && (keyed == null || keyed.superseded() == 0);
        DirectInsert exchange = exchangeable
                ? work.sql().database().part(work.sql(), engine, work.table(), work.columns(), replaced)
                : null;
        part = exchange;
        long deleted = exchange == null ? work.deleteWhere(replaced) : exchange.clear();
        FailPoint.K24.pass();
        long inserted = exchange == null
                ? work.insert("true")
                : exchange.insert(work.request().batch());
        replacement.judge(deleted, inserted);
        Written written = Written.inserted(inserted, deleted);
        return keyed == null ? written : written.withSuperseded(keyed.superseded());
    }

    /** A slice whose bounds are not those of partitions would leave only a part of a partition. */
    private void refuseCut(Partitioning partitioning, Pair column, Slice slice) {
        SliceCondition range = work.slice(slice);
        boolean ofPartitions = column.column().name().equalsIgnoreCase(slice.column());
        if (!ofPartitions
                || !isBound(partitioning, column, range.from())
                || !isBound(partitioning, column, range.to())) {
            throw work.notAllowed("a slice must hold whole partitions, by " + partitioning.column() + " and "
                    + partitioning.by().name().toLowerCase(Locale.ROOT) + " (given: " + slice.column() + " from "
                    + slice.from() + " to " + slice.to() + ")");
        }
    }

    private boolean isBound(Partitioning partitioning, Pair column, String literal) {
        refuseUntimed(partitioning, column);
        return partitioning.by() == By.VALUE
                || work.spelling().isUnitBound(partitioning.by(), column.column(), literal);
    }

    private String partition(Partitioning partitioning, Pair column, String alias) {
        refuseUntimed(partitioning, column);
        return partitioning.by() == By.VALUE
                ? column.in(alias)
                : work.spelling().unit(partitioning.by(), column.column(), column.in(alias));
    }

    private void refuseUntimed(Partitioning partitioning, Pair column) {
        if (partitioning.by() != By.VALUE && !column.column().readAs().isTime()) {
            throw work.notAllowed(
                    "it is partitioned by " + partitioning.by().name().toLowerCase(Locale.ROOT) + " of '"
                            + column.column().name() + "', whose type is "
                            + column.column().readAs()
                            + " (allowed: date, timestamp, timestamptz)");
        }
    }
}
