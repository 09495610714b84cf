package io.headworks.core.backfill;

import io.headworks.api.check.Check;
import io.headworks.api.check.Dimension;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Load;
import io.headworks.api.run.Cancellation;
import io.headworks.api.source.KeyRange;
import io.headworks.api.target.Target;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.run.LookAhead;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.run.RunContext;
import io.headworks.core.slice.Slice;
import io.headworks.core.slice.SliceText;
import io.headworks.core.spec.PipelineSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts what tables, ledgers and sources have, in an engine session of its own. */
final class Measuring {
    private final RunContext context;
    private final Cancellation cancellation;

    Measuring(RunContext context, Cancellation cancellation) {
        this.context = context;
        this.cancellation = cancellation;
    }

    /** What the pipeline's table has of the range; of all when there is no range. */
    Measure table(PipelineSpec pipeline, @Nullable Slice range) {
        return within(session -> measure(session, pipeline, range));
    }

    private Measure measure(Session session, PipelineSpec pipeline, @Nullable Slice range) {
        Target target = session.connections().target(pipeline.connection());
        Load load = pipeline.load();
        LedgerKey key = LookAhead.key(context.project(), pipeline);
        Schema schema = target.observe(key, load.table()).schema();
        if (schema == null) {
            return Measure.NO_TABLE;
        }
        Field column = range == null ? null : cut(schema, pipeline, range);
        Relation table = narrow(target, load, column);
        Relation part =
                range == null || column == null ? table : session.engine().within(table, keys(pipeline, column, range));
        Relation rows = session.engine().materialise("measured", part);
        boolean counted = !load.mergeKeys().isEmpty() && load.history() == null;
        return new Measure(
                session.engine().count(rows),
                counted ? Long.valueOf(duplicates(session, rows, load.mergeKeys())) : null,
                column == null);
    }

    /** The slice's column, where the table has it under its name; null where it has not. */
    private static @Nullable Field cut(Schema schema, PipelineSpec pipeline, Slice range) {
        return schema.field(String.valueOf(pipeline.extract().sliceColumn()))
                .filter(field -> field.type().isTime() == range.from().isTime()
                        && (field.type().isTime() || field.type().isNumber()))
                .orElse(null);
    }

    /** No more columns than are looked at; all of them where a server tells keys apart that the engine would not. */
    private static Relation narrow(Target target, Load load, @Nullable Field column) {
        Set<String> columns = new LinkedHashSet<>(load.mergeKeys());
        if (column != null) {
            columns.add(column.name());
        }
        try {
            return columns.isEmpty()
                    ? target.read(load.table())
                    : target.keys(load.table(), List.copyOf(columns), null);
        } catch (HeadworksException otherEquality) {
            if (otherEquality.kind() != FailureKind.PROJECT) {
                throw otherEquality;
            }
            return target.read(load.table());
        }
    }

    private static KeyRange keys(PipelineSpec pipeline, Field field, Slice range) {
        return new KeyRange(
                field.name(),
                field.type(),
                SliceText.of(
                        range.from().text(), field.type(), pipeline.extract().sliceZone()),
                SliceText.of(range.to().text(), field.type(), pipeline.extract().sliceZone()),
                false);
    }

    private static long duplicates(Session session, Relation rows, List<String> keys) {
        Threshold none = new Threshold(BigDecimal.ZERO, false);
        Check unique = new Check(
                "unique keys",
                new Rule.Unique(keys),
                Severity.P0,
                none,
                none,
                null,
                Scope.BATCH,
                Dimension.UNIQUENESS,
                OnFail.STOP,
                null);
        return session.engine()
                .check(new CheckScope(rows, null, Instant.EPOCH, 0), List.of(unique))
                .get(0)
                .failingRows();
    }

    /** All rows of the ledger that are of this pipeline, oldest first. */
    List<LedgerRow> ledger(PipelineSpec pipeline) {
        LedgerKey key = LookAhead.key(context.project(), pipeline);
        return within(session ->
                        session.connections().target(pipeline.connection()).ledger(key.projectId(), key.environment()))
                .stream()
                .filter(row -> row.key().equals(key))
                .toList();
    }

    /** How many rows the source has now of these ranges together. */
    long source(PipelineSpec pipeline, List<Slice> ranges) {
        return ranges.stream()
                .mapToLong(range -> within(session -> new SourceCount(session, context).count(pipeline, range)))
                .sum();
    }

    private <T> T within(Function<Session, T> work) {
        String id = RunIds.next(context.clock().instant());
        try (EngineSession engine =
                        context.engine().session(id, context.workspace().staging(id), cancellation);
                OpenConnections connections = new OpenConnections(context.project(), context.connectors(), engine)) {
            return work.apply(new Session(id, engine, connections));
        } finally {
            context.workspace().remove(id);
        }
    }

    /** An engine and the project's connections, for one look. */
    record Session(String id, EngineSession engine, OpenConnections connections) {}
}
