package io.headworks.core.service;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.transform.Operation;
import io.headworks.core.drift.Rename;
import io.headworks.core.run.LookAhead;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Looks for values of a source's new column among those that the table has in the column that it may have been. The table
 * is where the former generation still is; a column that stages changed, or that has another name there, is not compared.
 */
final class RenamedValues {
    private static final int SAMPLE = 2_000;
    private static final long MOST_ROWS = 5_000_000;

    private final Workbench.Session session;
    private final PipelineSpec pipeline;
    private final LookAhead.Seen seen;

    RenamedValues(Workbench.Session session, PipelineSpec pipeline, LookAhead.Seen seen) {
        this.session = session;
        this.pipeline = pipeline;
        this.seen = seen;
    }

    /** The same guesses, with values where they could be compared. */
    List<Rename> measured(List<Rename> possible) {
        Long rows = seen.table().rows();
        boolean small = rows == null || rows <= MOST_ROWS;
        List<Rename> comparable = possible.stream().filter(this::isStored).toList();
        if (comparable.isEmpty() || !small) {
            return possible;
        }
        List<Rename> measured = new ArrayList<>();
        for (Rename rename : possible) {
            measured.add(comparable.contains(rename) ? measured(rename) : rename);
        }
        return measured;
    }

    private boolean isStored(Rename rename) {
        return seen.table().schema() != null
                && Objects.requireNonNull(seen.table().schema())
                        .field(rename.from().name())
                        .filter(stored -> stored.type().equals(rename.from().type()))
                        .isPresent();
    }

    private Rename measured(Rename rename) {
        EngineSession engine = session.engine();
        Relation was = engine.materialise(
                "renamed_from",
                session.connections()
                        .target(pipeline.connection())
                        .keys(pipeline.load().table(), List.of(rename.from().name()), null));
        Relation is = engine.materialise("renamed_to", sample(rename.to().name()));
        long distinct = engine.count(engine.absent(is, engine.empty(is.schema())));
        long missing = engine.count(engine.absent(is, was));
        return rename.with(new Rename.Values(
                distinct,
                distinct - missing,
                nulls(was, rename.from().name()),
                nulls(is, rename.to().name())));
    }

    private double nulls(Relation rows, String column) {
        long all = session.engine().count(rows);
        return all == 0 ? 0 : (double) session.engine().nulls(rows, column) / all;
    }

    /** Of files the last one, which is of the new generation. */
    private Relation sample(String column) {
        Source source = session.connections().source(pipeline.extract().connection());
        Extract written = pipeline.extract().extract();
        Extract extract = new Extract(
                written.reading(),
                List.of(new Extract.ColumnChoice(column, null)),
                written.where(),
                null,
                written.files());
        SourceState state = source.observe(extract, null);
        List<FileStamp> files = state.files();
        List<FileStamp> newest = files.isEmpty() ? files : files.subList(files.size() - 1, files.size());
        RowSource rows = FirstRows.of(source.rows(extract, state, null, newest), SAMPLE);
        EngineSession engine = session.engine();
        Relation read = rows instanceof RowSource.InPlace inPlace
                ? engine.scan(inPlace.scan())
                : engine.stage("renamed", rows).rows();
        return engine.apply(read, List.of(new Operation.Select(List.of(column))));
    }
}
