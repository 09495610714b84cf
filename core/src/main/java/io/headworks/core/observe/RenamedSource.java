package io.headworks.core.observe;

import io.headworks.api.batch.BatchReader;
import io.headworks.api.batch.RenamedBatches;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Frames;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.Schema;
import io.headworks.core.plan.SourceNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source some of whose columns are called otherwise: it is asked by their own names, and answers by the others. */
public final class RenamedSource implements Source {
    private final Source source;
    private final SourceNames names;

    private RenamedSource(Source source, SourceNames names) {
        this.source = source;
        this.names = names;
    }

    /** The source itself where every column keeps its name. Closing it is left to who opened it. */
    public static Source of(Source source, SourceNames names) {
        return names.isEmpty() ? source : new RenamedSource(source, names);
    }

    @Override
    public SourceState observe(Extract extract, @Nullable Position known) {
        return called(source.observe(own(extract), known), names);
    }

    static SourceState called(SourceState state, SourceNames names) {
        List<String> key = state.primaryKey().stream().map(names::called).toList();
        return withKey(state, names.called(state.schema()), key);
    }

    private static SourceState withKey(SourceState state, Schema schema, List<String> key) {
        return new SourceState(
                schema,
                state.rows(),
                state.bytes(),
                state.clock(),
                state.identity(),
                key,
                state.files(),
                state.detected(),
                state.notes());
    }

    private SourceState own(SourceState state) {
        List<String> key = state.primaryKey().stream().map(names::own).toList();
        return withKey(state, names.own(state.schema()), key);
    }

    private Extract own(Extract extract) {
        return choosing(extract, names::own);
    }

    static Extract called(Extract extract, SourceNames names) {
        return choosing(extract, names::called);
    }

    private static Extract choosing(Extract extract, UnaryOperator<String> name) {
        return new Extract(
                extract.reading(),
                extract.columns().stream()
                        .map(choice -> new Extract.ColumnChoice(name.apply(choice.name()), choice.type()))
                        .toList(),
                extract.where(),
                extract.deletesWhen(),
                extract.files(),
                extract.knownTypes());
    }

    @Override
    public RowSource rows(Extract extract, SourceState state, @Nullable KeyRange keys, List<FileStamp> files) {
        KeyRange range = keys == null
                ? null
                : new KeyRange(names.own(keys.column()), keys.type(), keys.from(), keys.to(), keys.includeNulls());
        RowSource rows = source.rows(own(extract), own(state), range, files);
        if (rows instanceof RowSource.Streamed streamed) {
            return new RowSource.Streamed(called(streamed.opener()));
        } else if (rows instanceof RowSource.Parallel parallel) {
            return new RowSource.Parallel(
                    names.called(parallel.schema()),
                    parallel.parts().stream().map(this::called).toList());
        }
        throw new HeadworksException(
                FailureKind.INTERNAL, "Cannot rename columns that the engine reads in place: " + names.names());
    }

    private RowSource.Opener called(RowSource.Opener opener) {
        return rejects -> {
            BatchReader reader = opener.open(rejects);
            return new RenamedBatches(reader, names.called(reader.schema()));
        };
    }

    @Override
    public @Nullable Frames frames(Extract extract, SourceState state) {
        Frames frames = source.frames(own(extract), own(state));
        if (frames == null) {
            return null;
        }
        Map<String, String> types = new LinkedHashMap<>();
        frames.types().forEach((column, type) -> types.put(names.called(column), type));
        return new Frames(
                frames.form(),
                types,
                columns -> frames.opener().open(columns.stream().map(names::own).toList()));
    }

    @Override
    public boolean readsInPlace(Extract extract, SourceState state) {
        return source.readsInPlace(own(extract), own(state));
    }

    @Override
    public boolean filters() {
        return source.filters();
    }

    @Override
    public boolean tellsCaseApart() {
        return source.tellsCaseApart();
    }

    @Override
    public void checkUnchanged(SourceState state, List<FileStamp> files) {
        source.checkUnchanged(own(state), files);
    }

    @Override
    public List<TableName> tables() {
        return source.tables();
    }

    @Override
    public void close() {
        source.close();
    }
}
