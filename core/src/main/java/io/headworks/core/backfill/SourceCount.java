package io.headworks.core.backfill;

import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.core.backfill.Measuring.Session;
import io.headworks.core.extract.StagedExtraction;
import io.headworks.core.observe.RenamedSource;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Request;
import io.headworks.core.plan.StateSnapshot;
import io.headworks.core.plan.Step.ExtractRows;
import io.headworks.core.run.LookAhead;
import io.headworks.core.run.RunContext;
import io.headworks.core.slice.Slice;
import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts rows of a source as the runs of slices would read them; of a table the one column that is cut. */
final class SourceCount {
    private final Session session;
    private final RunContext context;

    SourceCount(Session session, RunContext context) {
        this.session = session;
        this.context = context;
    }

    /** A session counts once. */
    long count(PipelineSpec pipeline, Slice range) {
        LookAhead lookAhead = new LookAhead(
                context.project(),
                context.connectors(),
                session.engine(),
                context.clock().instant(),
                session.id());
        Request request = new Request(range.from().text(), range.to().text(), false);
        LookAhead.Decision decision = lookAhead.plan(pipeline, request, StateSnapshot.NONE, session.connections());
        ExtractRows step = extract(decision.plan());
        Source source = RenamedSource.of(
                session.connections().source(step.connection()),
                decision.observed().names());
        return count(source, decision.observed().source(), step);
    }

    private long count(Source source, SourceState seen, ExtractRows step) {
        Extract narrow = narrow(step);
        SourceState state = narrow == null ? seen : source.observe(narrow, null);
        Extract read = narrow == null ? step.extract() : narrow;
        ExtractRows counting = new ExtractRows(
                step.connection(),
                read,
                step.kind(),
                step.keys(),
                state.files(),
                state.schema(),
                null,
                false,
                true,
                true);
        var extracted = new StagedExtraction(session.engine(), source, state).run(counting, null);
        return extracted.count() + extracted.rejected();
    }

    private static @Nullable Extract narrow(ExtractRows step) {
        Extract extract = step.extract();
        String column = Objects.requireNonNull(step.keys()).column();
        return extract.reading() instanceof Extract.Reading.Table
                ? new Extract(extract.reading(), List.of(new ColumnChoice(column, null)), extract.where(), null, null)
                : null;
    }

    private static ExtractRows extract(Plan plan) {
        return (ExtractRows) plan.steps().stream()
                .filter(ExtractRows.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
