package io.headworks.core.spec.format;

import io.headworks.api.load.Strategy;
import io.headworks.core.spec.ErrorHandling;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.ModelSpec.RunOn;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An SQL model: a pipeline whose rows are a SELECT over the project's datasets. */
public final class ModelFormat {
    private static final Map<String, RunOn> RUN_ON_CHOICES = choices();
    private static final Key<Boolean> ALLOW_EMPTY =
            Key.of("allow_empty", Scalars.BOOLEAN, "Whether no rows are right.").byDefault(false, "false");
    private static final Key<SliceSpec> SLICE = Key.of(
                    "slice",
                    SliceFormat.KIND,
                    "How history is cut, for runs with --from and --to and for backfills: by a column that the SELECT gives.")
            .like("{by: day, every: 1d}");
    private static final Key<RunOn> RUN_ON = Key.of(
                    "run_on",
                    ChoiceKind.of(RUN_ON_CHOICES),
                    "Where the SELECT runs. auto and engine: in the embedded engine, in its dialect; target: in the database"
                            + " that holds all inputs and the table, in the dialect of that one.")
            .byDefault(RunOn.ENGINE, "auto");
    private static final ObjectKind<RunOn> TRANSFORM_KIND = ObjectKind.of(
            "transform of a model",
            "How the SELECT is run.",
            List.of(RUN_ON, Key.later("stages", "stages after the SELECT of a model: write them in SQL")),
            values -> values.get(RUN_ON));
    private static final Key<RunOn> TRANSFORM =
            Key.of("transform", TRANSFORM_KIND, "How the SELECT is run.").byDefault(RunOn.ENGINE, "{run_on: auto}");

    /** The file itself; it is there whatever is written about it. */
    private static final Key<SqlBody> MODEL =
            Key.of("model", SqlBodyKind.SELECT, "The SELECT.").mandatory();

    private static final List<Key<?>> WRITTEN = List.of(
            PipelineFormat.OWNER,
            PipelineFormat.DESCRIPTION,
            PipelineFormat.SCHEDULE,
            PipelineFormat.SLA,
            PipelineFormat.TIER,
            PipelineFormat.TAGS,
            PipelineFormat.RESOURCES,
            ALLOW_EMPTY,
            SLICE,
            TRANSFORM,
            PipelineFormat.LOAD,
            PipelineFormat.GATES,
            PipelineFormat.ERRORS);

    /** What a user writes about a model; its name, its SELECT and, unless it is said, its table are the file's. */
    public static final ObjectKind<Boolean> SETTINGS = ObjectKind.of(
            "model", "An SQL model: its name, its SELECT and its table are the file's.", WRITTEN, values -> true);

    /** The same with what the file says. */
    public static final ObjectKind<PipelineSpec> KIND =
            ObjectKind.of("model", "An SQL model.", with(WRITTEN, PipelineFormat.NAME, MODEL), ModelFormat::bind);

    private ModelFormat() {}

    private static Map<String, RunOn> choices() {
        Map<String, RunOn> choices = new LinkedHashMap<>();
        choices.put("auto", RunOn.ENGINE);
        choices.put("engine", RunOn.ENGINE);
        choices.put("target", RunOn.TARGET);
        return choices;
    }

    private static List<Key<?>> with(List<Key<?>> keys, Key<?>... more) {
        List<Key<?>> all = new ArrayList<>(List.of(more));
        all.addAll(keys);
        return all;
    }

    private static @Nullable PipelineSpec bind(Values values) {
        LoadDraft load = values.get(PipelineFormat.LOAD);
        ErrorHandling errors = values.get(PipelineFormat.ERRORS);
        PipelineFormat.refuseLostDiscards(values, load, errors);
        SqlBody sql = values.get(MODEL);
        if (load.load().strategy() == Strategy.SOFT_DELETE) {
            values.refuse(
                    PipelineFormat.LOAD,
                    "not-yet",
                    "soft-delete of a model is not built yet (allowed: append, upsert, merge, truncate-reload,"
                            + " partition-swap)",
                    null);
            return null;
        }
        PipelineFormat.Gates gates = values.get(PipelineFormat.GATES);
        CheckDefaults before = new CheckDefaults(
                CheckDefaults.Where.BEFORE_LOAD,
                errors.deadLetters(),
                values.in().problems());
        CheckDefaults after = new CheckDefaults(
                CheckDefaults.Where.AFTER_LOAD,
                errors.deadLetters(),
                values.in().problems());
        return new PipelineSpec(
                values.get(PipelineFormat.NAME),
                values.node().place(),
                values.find(PipelineFormat.OWNER),
                values.find(PipelineFormat.DESCRIPTION),
                values.get(PipelineFormat.TAGS),
                values.get(PipelineFormat.TIER),
                values.get(PipelineFormat.SCHEDULE),
                values.find(PipelineFormat.SLA),
                values.get(PipelineFormat.RESOURCES),
                ExtractSpec.of(
                        new ModelSpec(sql.file(), sql.text(), values.get(TRANSFORM)),
                        Map.of(),
                        values.find(SLICE),
                        values.get(ALLOW_EMPTY)),
                List.of(),
                load.connection(),
                load.load(),
                before.apply(gates.preLoad()),
                after.apply(gates.postLoad()),
                errors,
                List.of(),
                List.of());
    }
}
