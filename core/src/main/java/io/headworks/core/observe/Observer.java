package io.headworks.core.observe;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.source.Extract;
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

    /** The datasets that the stages name must be bound in the engine by now. */
    public Observed observe(PipelineSpec pipeline, LedgerKey key, Request request) {
        TargetState table = target.observe(key, pipeline.load().table());
        Position known = table.lastCommitted() == null || request.fullRefresh()
                ? null
                : Positions.read(table.lastCommitted().positionAfter());
        Extract extract = pipeline.extract().extract().withKnownTypes(knownTypes(known));
        SourceState state = withoutOurs(source.observe(extract, known), extract);
        Schema transformed = transformed(state.schema(), pipeline.stages());
        boolean inPlace = source.readsInPlace(extract, state);
        return new Observed(extract, state, table, target.abilities(), transformed, inPlace, source.filters());
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
        return new SourceState(
                new Schema(left),
                state.rows(),
                state.bytes(),
                state.clock(),
                state.identity(),
                state.primaryKey(),
                state.files(),
                state.detected(),
                notes);
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
