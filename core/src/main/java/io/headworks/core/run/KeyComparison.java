package io.headworks.core.run;

import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.core.plan.Step;
import io.headworks.core.record.StageRecord;

/**
 * Finds rows that were deleted in the source: streams the keys of both sides into the engine once and takes those that
 * only the table has. The source's are read from the snapshot of the extract, so that a row which came or went meanwhile
 * is in both or in neither.
 */
final class KeyComparison {
    private final Stage run;

    KeyComparison(Stage run) {
        this.run = run;
    }

    StageRows run(Step.CompareKeys step, StageRows batch) {
        run.tally().enter("compare");
        long started = System.nanoTime();
        Relation there = run.target().keys(step.table(), step.columns().names(), step.mark());
        Relation gone = run.engine().absent(there, keysOf(step));
        long stored = run.engine().count(there);
        long missing = run.engine().count(gone);
        run.tally().done(new StageRecord("compare", "keys", stored, missing, 0, 0, Stage.since(started)));
        if (missing == 0) {
            return batch;
        }
        if (missing >= stored && !step.emptyAllowed()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot compare the keys of " + step.table() + ": the source has none of the table's " + stored
                            + ", which looks like another source",
                    "if that is right, set extract.allow_empty: true");
        }
        StageRows held = run.held(batch);
        return held.deleting(run.engine().withDeletions(held.rows(), gone), missing);
    }

    private Relation keysOf(Step.CompareKeys step) {
        Source source = run.source(step.connection());
        SourceState all = run.observed().source();
        RowSource rows = source.rows(step.extract(), all.giving(step.columns(), all.notes()), null, all.files());
        if (rows instanceof RowSource.Parallel streams && !run.keepsRejects()) {
            return run.engine().stream(streams);
        } else if (rows instanceof RowSource.InPlace inPlace && !run.keepsRejects()) {
            return run.engine().scan(inPlace.scan());
        }
        Staged staged = run.engine().stage("source_keys", rows);
        if (staged.rejected() > 0) {
            // the table cannot hold what cannot be read
            run.tally().note(staged.rejected() + " keys of the source could not be read and were not compared");
        }
        return staged.rows();
    }
}
