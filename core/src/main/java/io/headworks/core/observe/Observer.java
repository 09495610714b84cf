package io.headworks.core.observe;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.Load;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Frames;
import io.headworks.api.source.Position;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.Target;
import io.headworks.api.target.TargetState;
import io.headworks.api.transform.Stage;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.ledger.Positions;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.Request;
import io.headworks.core.plan.SourceNames;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at everything one plan depends on. */
public final class Observer {
    private static final String OURS = "_hw_";

    private final EngineSession engine;
    private final Source source;
    private final Target target;

    public Observer(EngineSession engine, Source source, Target target) {
        this.engine = engine;
        this.source = source;
        this.target = target;
    }

    /** Hears what was seen of source and table before the stages are looked at, which may not fit it any more. */
    public interface Looked {
        Looked NOBODY = (columns, table) -> {};

        void saw(Schema columns, TargetState table);
    }

    /** The datasets that the stages name must be bound in the engine by now. */
    public Observed observe(PipelineSpec pipeline, LedgerKey key, Request request, Looked looked) {
        TargetState table = target.observe(key, pipeline.load().table());
        // rows of a slice are all of the slice, also where a model goes on from what changed
        boolean anew = request.fullRefresh()
                || (request.isSlice() && pipeline.extract().model() != null);
        Position known = table.lastCommitted() == null || anew
                ? null
                : Positions.read(table.lastCommitted().positionAfter());
        Extract written = pipeline.extract().extract().withKnownTypes(knownTypes(known));
        SourceState all = look(written, known, table, looked);
        SourceNames names = source.tellsCaseApart() ? SourceNames.of(all.schema(), key, table) : SourceNames.NONE;
        SourceState seen = names.isEmpty() ? all : RenamedSource.called(all, names);
        SourceState state = withoutOurs(seen, written);
        Extract named = RenamedSource.called(written, names);
        Extract extract = state == seen ? named : choosing(named, state.schema());
        Source read = RenamedSource.of(source, names);
        looked.saw(state.schema(), table);
        Schema transformed = transformed(state.schema(), pipeline.stages());
        boolean inPlace = read.readsInPlace(extract, state);
        return new Observed(
                extract,
                state,
                table,
                target.abilities(),
                transformed,
                inPlace,
                undecoded(read, pipeline.load(), extract, state),
                source.filters(),
                names);
    }

    private SourceState look(Extract written, @Nullable Position known, TargetState table, Looked looked) {
        try {
            return source.observe(written, known);
        } catch (HeadworksException refused) {
            if (refused.kind() == FailureKind.SCHEMA_CHANGE) {
                looked.saw(asItIs(written), table);
            }
            throw refused;
        }
    }

    /** What there is where a source refuses to go on with other columns; known ones have the types that they had. */
    private Schema asItIs(Extract written) {
        Extract all = new Extract(written.reading(), List.of(), written.where(), null, written.files());
        return new Schema(source.observe(all, null).schema().fields().stream()
                .map(field -> new Field(
                        field.name(), written.knownTypes().getOrDefault(field.name(), field.type()), field.nullable()))
                .toList());
    }

    private @Nullable String undecoded(Source read, Load load, Extract extract, SourceState state) {
        Frames frames = read.frames(extract, state);
        return frames == null ? "" : target.refusal(frames, state.schema(), load);
    }

    /** Audit columns of a table that we loaded are of that load: read again, they are left out unless they are named. */
    private static SourceState withoutOurs(SourceState state, Extract extract) {
        List<Field> left = state.schema().fields().stream()
                .filter(field -> !field.name().toLowerCase(Locale.ROOT).startsWith(OURS))
                .toList();
        if (!extract.columns().isEmpty()
                || left.size() == state.schema().fields().size()) {
            return state;
        }
        List<String> notes = new ArrayList<>(state.notes());
        notes.add("columns that begin with " + OURS + " are left out: they belong to the load that wrote them");
        return state.giving(new Schema(left), notes);
    }

    /** A database hands over all columns of a table unless it is asked for some. */
    private static Extract choosing(Extract extract, Schema columns) {
        if (extract.reading() instanceof Extract.Reading.Files) {
            return extract;
        }
        List<Extract.ColumnChoice> chosen = columns.names().stream()
                .map(name -> new Extract.ColumnChoice(name, null))
                .toList();
        return new Extract(
                extract.reading(),
                chosen,
                extract.where(),
                extract.deletesWhen(),
                extract.files(),
                extract.knownTypes());
    }

    private Schema transformed(Schema input, List<Stage> stages) {
        Relation rows = engine.empty(input);
        for (Stage stage : stages) {
            rows = engine.apply(rows, stage.operations());
        }
        return rows.schema();
    }

    private static Map<String, DataType> knownTypes(@Nullable Position known) {
        Map<String, DataType> types = new LinkedHashMap<>();
        if (known instanceof Position.Files files) {
            files.columns().fields().forEach(field -> types.put(field.name(), field.type()));
        }
        return types;
    }
}
