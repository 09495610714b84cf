package io.headworks.core.spec.format;

import io.headworks.api.load.Load.SchemaPolicy;
import io.headworks.api.load.Load.SchemaPolicy.Mode;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Resources;
import io.headworks.api.transform.Stage;
import io.headworks.core.spec.ErrorHandling;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.PartialKind;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pipeline. */
public final class PipelineFormat {
    static final Key<String> NAME = Key.of("name", Scalars.NAMED, "Its name, unique in the project.")
            .mandatory()
            .like("orders");
    static final Key<String> OWNER =
            Key.of("owner", Scalars.TEXT, "Who answers for it.").like("sales-data");
    static final Key<String> DESCRIPTION = Key.of("description", Scalars.TEXT, "What it is for.");
    static final Key<Schedule> SCHEDULE = ScheduleFormat.key();
    static final Key<Integer> SLA = Key.of(
                    "sla_minutes",
                    Scalars.wholeNumber(1, 525_600),
                    "From the slot to published data; passing it alerts, it stops nothing.")
            .like("20");
    static final Key<Integer> TIER = Key.of(
                    "tier", Scalars.wholeNumber(1, 3), "1 critical, 2 important, 3 nice to have.")
            .byDefault(2, "2");
    static final Key<List<String>> TAGS = Key.of(
                    "tags", ListKind.oneOrMore(Scalars.NAMED), "For selections: tag:sales.")
            .byDefault(List.of(), "none")
            .like("[sales]");

    private static final Key<Long> MEMORY =
            Key.of("memory", Scalars.SIZE_IN_BYTES, "Of the engine.").like("2GB");
    private static final Key<Integer> THREADS =
            Key.of("threads", Scalars.wholeNumber(1, 1024), "Of the engine.").like("2");
    private static final Key<Long> DISK = Key.of("disk", Scalars.SIZE_IN_BYTES, "For work that does not fit in memory.")
            .like("20GB");
    private static final Key<Duration> TIMEOUT =
            Key.of("timeout", Scalars.DURATION_OF_TIME, "Of a run.").like("60m");
    private static final ObjectKind<Resources> RESOURCES_KIND = ObjectKind.of(
            "resources",
            "What a run may use; divided among the runs of a process.",
            List.of(MEMORY, THREADS, DISK, TIMEOUT),
            v -> new Resources(v.find(MEMORY), v.find(THREADS), v.find(DISK), v.find(TIMEOUT)));
    static final Key<Resources> RESOURCES = Key.of("resources", RESOURCES_KIND, "What a run may use.")
            .byDefault(Resources.UNSET, "what the machine has")
            .like("{memory: 2GB, threads: 2}");

    private static final Key<ExtractSpec> EXTRACT =
            Key.of("extract", ExtractFormat.KIND, "What it reads.").mandatory();
    private static final Key<List<Stage>> TRANSFORM = Key.of(
                    "transform", TransformFormat.KIND, "What becomes of the rows.")
            .byDefault(List.of(), "nothing");
    static final Key<LoadDraft> LOAD =
            Key.of("load", LoadFormat.KIND, "Where the rows go.").mandatory();

    private static final Key<List<CheckDraft>> PRE_LOAD = Key.of(
                    "pre_load", ListKind.of(CheckFormat.CHECK), "Before the load, on the rows to be loaded.")
            .byDefault(List.of(), "none")
            .like("[{not_null: order_id}]");
    private static final Key<List<CheckDraft>> POST_LOAD = Key.of(
                    "post_load", ListKind.of(CheckFormat.CHECK), "In the load's transaction, before COMMIT.")
            .byDefault(List.of(), "none")
            .like("[{unique: order_id}]");
    private static final ObjectKind<Gates> GATES_KIND = ObjectKind.of(
            "quality_gates",
            "Checks that keep bad data out.",
            List.of(PRE_LOAD, POST_LOAD),
            values -> new Gates(values.get(PRE_LOAD), values.get(POST_LOAD)));
    static final Key<Gates> GATES = Key.of("quality_gates", GATES_KIND, "Checks that keep bad data out.")
            .byDefault(new Gates(List.of(), List.of()), "none");
    static final Key<ErrorHandling> ERRORS = Key.of(
                    "error_handling", ErrorHandlingFormat.KIND, "What is done about bad rows and faults.")
            .byDefault(ErrorHandlingFormat.DEFAULT, "fail-fast");

    private static final Key<Map<String, Node.Mapping>> OVERRIDES = Key.of(
                    "overrides",
                    MapKind.of("table", new PartialKind(() -> PipelineFormat.KIND)),
                    "With extract.tables: what is different for some tables, by name or pattern; the later wins.")
            .like("{public.countries: {extract: {strategy: full}}}");

    public static final ObjectKind<PipelineSpec> KIND = ObjectKind.of(
            "pipeline",
            "Reads a source, transforms, checks and loads one table.",
            List.of(
                    NAME,
                    OWNER,
                    DESCRIPTION,
                    SCHEDULE,
                    SLA,
                    TIER,
                    TAGS,
                    RESOURCES,
                    EXTRACT,
                    TRANSFORM,
                    LOAD,
                    GATES,
                    ERRORS,
                    OVERRIDES,
                    Key.later("tenant", "tenants")),
            PipelineFormat::bind);

    private PipelineFormat() {}

    record Gates(List<CheckDraft> preLoad, List<CheckDraft> postLoad) {}

    private static @Nullable PipelineSpec bind(Values values) {
        if (values.has(OVERRIDES)) {
            values.refuse(
                    OVERRIDES, "conflicting-keys", "there is one table only", "write extract.tables, or take it out");
            return null;
        }
        LoadDraft load = values.get(LOAD);
        ExtractSpec extract = values.get(EXTRACT);
        ErrorHandling errors = values.get(ERRORS);
        Problems problems = values.in().problems();
        refuseRepeatedAppend(values, extract, load);
        refuseLostDiscards(values, load, errors);
        if (load.load().strategy() == Strategy.VIEW) {
            values.in()
                    .problems()
                    .error(
                            load.strategy().place(),
                            "conflicting-keys",
                            "Cannot use load.strategy: a view stores nothing, and an extract needs a table (allowed: in SQL"
                                    + " models)",
                            "write truncate-reload or upsert");
        }
        return new PipelineSpec(
                values.get(NAME),
                values.node().place(),
                values.find(OWNER),
                values.find(DESCRIPTION),
                values.get(TAGS),
                values.get(TIER),
                values.get(SCHEDULE),
                values.find(SLA),
                values.get(RESOURCES),
                extract,
                values.get(TRANSFORM),
                load.connection(),
                load.load(),
                new CheckDefaults(CheckDefaults.Where.BEFORE_LOAD, errors.deadLetters(), problems)
                        .apply(values.get(GATES).preLoad()),
                new CheckDefaults(CheckDefaults.Where.AFTER_LOAD, errors.deadLetters(), problems)
                        .apply(values.get(GATES).postLoad()),
                errors,
                List.of(),
                List.of());
    }

    /** Discarded rows are kept, as every rejected row is. */
    static void refuseLostDiscards(Values values, LoadDraft load, ErrorHandling errors) {
        SchemaPolicy policy = load.load().schemaChanges();
        boolean discards = policy.columns() == Mode.DISCARD_ROW || policy.types() == Mode.DISCARD_ROW;
        if (discards && !errors.deadLetters()) {
            values.refuse(
                    LOAD,
                    "conflicting-keys",
                    "schema_changes: discard-row puts rows into the dead letter, and error_handling keeps none",
                    "write error_handling: {strategy: dead-letter}");
        }
    }

    /** A second run of such a pipeline would load rows again. */
    private static void refuseRepeatedAppend(Values values, ExtractSpec extract, LoadDraft load) {
        ExtractSpec.Incremental incremental = extract.incremental();
        boolean newFiles = incremental != null && incremental.key() == null;
        boolean keyed = incremental != null && !load.load().mergeKeys().isEmpty();
        if (load.load().strategy() == Strategy.APPEND && !newFiles && !keyed && extract.slice() == null) {
            values.in()
                    .problems()
                    .error(
                            load.strategy().place(),
                            "append-repeats",
                            "Cannot use load.strategy: append would load rows again on the next run (allowed: with new files, slices, or an incremental extract and merge_keys)",
                            incremental == null
                                    ? "write truncate-reload or upsert"
                                    : "add merge_keys, or write upsert");
        }
    }
}
