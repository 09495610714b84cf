package io.headworks.core.extract;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.transform.Operation;
import io.headworks.api.type.Field;
import io.headworks.core.plan.Step.ExtractRows;
import io.headworks.core.reject.RejectSentence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a source into work storage and decides what of it counts. */
public final class StagedExtraction {
    private final EngineSession engine;
    private final Source source;
    private final SourceState state;

    public StagedExtraction(EngineSession engine, Source source, SourceState state) {
        this.engine = engine;
        this.source = source;
        this.state = state;
    }

    /**
     * Runs the step.
     *
     * @param committed the position to keep when no row moves it
     */
    public Extracted run(ExtractRows step, @Nullable Position committed) {
        FailPoint.K5.pass();
        Staged staged = engine.stage("extract", source.rows(step.extract(), state, step.keys(), step.files()));
        FailPoint.K7.pass();
        source.checkUnchanged(state, step.files());
        if (staged.rejected() > 0 && !step.keepRejects()) {
            throw firstReject(staged);
        }
        Relation rows = wanted(staged.rows(), step);
        long count = rows == staged.rows() ? staged.count() : engine.count(rows);
        refuseNullKeys(step, rows);
        refuseEmpty(step, count, staged);
        Position position = position(step, rows, committed);
        return new Extracted(
                deletes(rows, step),
                staged.rows(),
                count,
                staged.rejects(),
                staged.rejected(),
                staged.count() - count,
                position);
    }

    private Relation wanted(Relation staged, ExtractRows step) {
        if (source.filters()) {
            return staged;
        }
        Relation rows = staged;
        String where = step.extract().where();
        if (where != null) {
            rows = engine.apply(rows, List.of(new Operation.Filter(where)));
        }
        KeyRange keys = step.keys();
        if (keys != null) {
            rows = engine.within(rows, keys);
        }
        return rows == staged ? staged : engine.materialise("wanted", rows);
    }

    private Relation deletes(Relation rows, ExtractRows step) {
        String condition = step.extract().deletesWhen();
        return condition == null ? rows : engine.markDeletes(rows, condition);
    }

    private void refuseNullKeys(ExtractRows step, Relation rows) {
        String key = step.positionColumn();
        long nulls = key == null || !step.refuseNullKeys() ? 0 : engine.nulls(rows, key);
        if (nulls > 0) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot extract by " + key + ": " + nulls + (nulls == 1 ? " row has" : " rows have")
                            + " no value in it, so that no later run would find a change of them",
                    "set extract.null_keys: every-run to read them in every run");
        }
    }

    private void refuseEmpty(ExtractRows step, long count, Staged staged) {
        if (count == 0 && staged.rejected() == 0 && !step.emptyAllowed()) {
            String what = step.files().isEmpty() ? "the source" : step.files().size() + " file(s)";
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot load an empty extract: " + what + " gave no row"
                            + (staged.count() > 0 ? " (" + staged.count() + " were filtered out)" : ""),
                    "if that is right, set extract.allow_empty: true");
        }
    }

    private @Nullable Position position(ExtractRows step, Relation rows, @Nullable Position committed) {
        String key = step.positionColumn();
        if (key == null) {
            return null;
        }
        String largest = engine.max(rows, key);
        if (largest == null) {
            return committed;
        }
        Field field = rows.schema().field(key).orElseThrow();
        Position.Key seen = new Position.Key(key, field.type(), largest);
        return committed instanceof Position.Key before && KeyOrder.isAfter(before, seen) ? committed : seen;
    }

    private HeadworksException firstReject(Staged staged) {
        return new HeadworksException(
                FailureKind.RUN,
                "Cannot read " + staged.rejected() + (staged.rejected() == 1 ? " row" : " rows") + " of the source: "
                        + RejectSentence.first(engine, staged.rejects()),
                "correct the input, or set error_handling.strategy: dead-letter to load the other rows");
    }
}
