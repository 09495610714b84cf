package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.source.Position;
import io.headworks.api.source.SourceState;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.RowLaw;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a source is now against what it was at the last load, and what of it a run may not pass over. */
final class SourceChanges {
    private final PipelineSpec pipeline;
    private final SourceState source;
    private final @Nullable LedgerRow last;
    private final @Nullable Position known;

    SourceChanges(PipelineSpec pipeline, SourceState source, @Nullable LedgerRow last, @Nullable Position known) {
        this.pipeline = pipeline;
        this.source = source;
        this.last = last;
        this.known = known;
    }

    /** A position says nothing about another source. */
    void refuseOtherSource() {
        boolean goesOn = pipeline.extract().isIncremental() && known != null;
        if (goesOn && last != null && !last.sourceIdentity().equals(source.identity())) {
            throw new HeadworksException(
                    FailureKind.POSITION_LOST,
                    "Cannot continue " + pipeline.name() + ": the last load read " + last.sourceIdentity()
                            + ", this is " + source.identity(),
                    "if the rows are the same, run it once with --full-refresh");
        }
    }

    /** Deletions are marked on rows; an operation that makes other rows loses the marks. */
    void refuseLostDeletes() {
        if (pipeline.extract().extract().deletesWhen() == null) {
            return;
        }
        pipeline.stages().stream()
                .flatMap(stage -> stage.operations().stream())
                .filter(operation -> operation.rowLaw() == RowLaw.RESHAPING)
                .map(Operation::key)
                .findFirst()
                .ifPresent(key -> {
                    throw new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot run " + key + " on " + pipeline.name()
                                    + ": extract.deletes marks rows as deleted, and " + key
                                    + " makes other rows of them",
                            "do it in a pipeline of its own, on the loaded table");
                });
    }

    List<String> addedTo(List<String> notes) {
        List<String> all = new ArrayList<>(notes);
        if (last != null && !last.schemaHash().equals(Planner.schemaHash(source.schema()))) {
            all.add("the columns of the source are not those of the last load");
        }
        return all;
    }
}
