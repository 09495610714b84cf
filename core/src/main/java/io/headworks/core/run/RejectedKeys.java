package io.headworks.core.run;

import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.plan.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a full extract lacks is deleted, and a row that was rejected is not lacking: what the table has of its key stays.
 * So deletions are worked out from all rows that came to the gate. Of rows that were rejected before nobody knows the
 * key; then nothing is deleted for being absent, and the run says so.
 */
final class RejectedKeys {
    private final Stage run;
    private final Step.LoadTable step;

    RejectedKeys(Stage run, Step.LoadTable step) {
        this.run = run;
        this.step = step;
    }

    /** True when the load would take a key for absent that may be one of a rejected row. */
    boolean makeAbsenceDoubtful(StageRows rows) {
        boolean isNew = step.changes().stream().anyMatch(SchemaChange.CreateTable.class::isInstance);
        return rows.rejected() > 0 && step.kind() == BatchKind.SNAPSHOT && !isNew && deletesWhatIsAbsent(step.load());
    }

    private static boolean deletesWhatIsAbsent(Load load) {
        History history = load.history();
        if (history != null) {
            return history.deletes() != History.Deletes.IGNORE;
        }
        return load.strategy() == Strategy.SOFT_DELETE
                || load.strategy() == Strategy.MERGE && load.deletes() != Load.Deletes.IGNORE;
    }

    /** For a load that takes no key for absent by itself: the rows, and a deletion of each key that truly is. */
    StageRows withDeletions(StageRows rows) {
        Relation seen = rows.gated();
        Relation gone = seen == null || step.slice() != null ? null : gone(seen);
        if (gone == null) {
            run.tally()
                    .note(rows.rejected() + (rows.rejected() == 1 ? " row was" : " rows were")
                            + " rejected, of which nobody knows the keys: nothing was deleted for being absent from"
                            + " the extract");
            return rows;
        }
        long missing = run.engine().count(gone);
        if (missing == 0) {
            return rows;
        }
        StageRows held = run.held(rows);
        return held.deleting(run.engine().withDeletions(held.rows(), gone), missing);
    }

    /** The keys that the table has and no row that came to the gate; null where the table tells keys apart its own way. */
    private @Nullable Relation gone(Relation seen) {
        List<String> keys = step.load().mergeKeys();
        Relation there;
        try {
            there = run.target().keys(step.load().table(), keys, mark());
        } catch (HeadworksException incomparable) {
            if (incomparable.kind() != FailureKind.PROJECT) {
                throw incomparable;
            }
            return null;
        }
        return run.engine().absent(there, only(keys, seen));
    }

    private static Relation only(List<String> keys, Relation rows) {
        List<Field> fields = keys.stream()
                .map(rows.schema()::field)
                .map(Optional::orElseThrow)
                .toList();
        return new Relation(rows.sql(), new Schema(fields), List.of());
    }

    private @Nullable String mark() {
        Load load = step.load();
        boolean marks = load.strategy() == Strategy.SOFT_DELETE || load.deletes() == Load.Deletes.MARK;
        return marks && load.history() == null ? load.deletedColumn() : null;
    }
}
