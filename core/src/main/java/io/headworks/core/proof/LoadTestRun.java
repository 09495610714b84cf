package io.headworks.core.proof;

import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Engine;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.run.Cancellation;
import io.headworks.api.type.Schema;
import io.headworks.core.isolation.FrozenBatch;
import io.headworks.core.isolation.FrozenSource;
import io.headworks.core.isolation.IsolatedCopy;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunStatus;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One test: fills its tables, runs the pipeline once for each batch, and looks at what is left behind. */
final class LoadTestRun {
    private final LoadTest test;
    private final PipelineSpec pipeline;
    private final IsolatedCopy copy;
    private final Engine engine;
    private final Cancellation cancellation;
    private Instant now;

    /**
     * @param folder an existing one that only this test uses
     * @param started the time of the runs where the test states none
     */
    LoadTestRun(
            LoadTest test,
            Project project,
            List<Connector> connectors,
            Engine engine,
            Path folder,
            Instant started,
            Cancellation cancellation) {
        this.test = test;
        this.pipeline = project.pipeline(test.pipeline()).orElseThrow();
        this.copy = IsolatedCopy.embedded(project, pipeline, connectors, folder);
        this.engine = engine;
        this.cancellation = cancellation;
        this.now = test.now() == null ? started : test.now();
    }

    /** What came of it; throws when the test itself cannot be carried out. */
    Outcome run() {
        requireInputs();
        List<FrozenBatch> batches = frozen();
        Map<DatasetName, Schema> schemas = prepare(batches);
        List<String> messages = new ArrayList<>();
        String failure = null;
        for (int i = 0; i < batches.size(); i++) {
            LoadTest.Batch batch = test.batches().get(i);
            now = batch.now() == null ? now : batch.now();
            FrozenSource source = source(batches.subList(0, i + 1));
            seedInputs(batch, schemas, source);
            RunRecord record = copy.run(source, engine, Request.LIVE, clock(), cancellation);
            cancellation.check();
            boolean last = i == batches.size() - 1;
            messages.addAll(judge(record, i + 1, last));
            failure = record.failure() == null ? null : record.failure().message();
            if (!record.status().isPublished() && !last) {
                return new Outcome(messages, List.of(), List.of(), failure, i + 1);
            }
        }
        try (TestPlace place = place(source(batches))) {
            TestExpectations expectations = new TestExpectations(test, pipeline, place);
            List<DeadLetter> letters = expectations.letters();
            messages.addAll(new RejectComparison(test.rejected(), letters).compare());
            List<ComparedTable> tables = expectations.tables(messages);
            return new Outcome(messages, tables, letters, failure, batches.size());
        }
    }

    /**
     * What a test came to.
     *
     * @param messages what is not as expected, besides the rows of tables
     * @param letters every row in the dead letter
     * @param failure why the last run failed; null when it did not
     * @param ran how many batches were run
     */
    record Outcome(
            List<String> messages,
            List<ComparedTable> tables,
            List<DeadLetter> letters,
            @Nullable String failure,
            int ran) {}

    /** Every table that the pipeline reads is the test's to state: none is silently empty. */
    private void requireInputs() {
        for (DatasetUse use : pipeline.uses()) {
            DatasetName dataset = use.dataset();
            boolean given = test.before().containsKey(dataset)
                    || test.batches().get(0).inputs().containsKey(dataset)
                    || dataset.equals(pipeline.writes());
            if (!given) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot run the test: " + pipeline.name() + " reads " + dataset
                                + ", and the test gives no rows of it",
                        "add before: {" + use.written() + ": [<rows>]}");
            }
        }
    }

    private List<FrozenBatch> frozen() {
        List<Fixture> written =
                test.batches().stream().map(LoadTest.Batch::source).toList();
        try (TestPlace place = place(source(List.of(new FrozenBatch(Schema.EMPTY, List.of()))))) {
            return place.fixtures().batches(written, pipeline.extract().extract());
        }
    }

    /** Answers the columns of the tables beside the pipeline's own, all their rows together. */
    private Map<DatasetName, Schema> prepare(List<FrozenBatch> batches) {
        Map<DatasetName, Schema> schemas = new LinkedHashMap<>();
        try (TestPlace place = place(source(batches.subList(0, 1)))) {
            Map<DatasetName, List<Fixtures.Read>> given = new LinkedHashMap<>();
            test.before().forEach((name, rows) -> add(given, name, rows, place));
            test.batches().forEach(batch -> batch.inputs().forEach((name, rows) -> add(given, name, rows, place)));
            given.forEach((name, all) -> schemas.put(name, place.fixtures().schema(all)));
            test.before().forEach((name, rows) -> {
                if (!name.equals(pipeline.writes())) {
                    place.seed(name, place.fixtures().read(rows), schema(schemas, name));
                }
            });
            test.batches().get(0).inputs().forEach((name, rows) -> {
                if (!test.before().containsKey(name)) {
                    place.seed(name, place.fixtures().read(rows), schema(schemas, name));
                }
            });
            Fixture own = test.before().get(pipeline.writes());
            if (own != null) {
                place.seedOwn(place.fixtures().read(own));
            }
        }
        return schemas;
    }

    private static void add(
            Map<DatasetName, List<Fixtures.Read>> given, DatasetName name, Fixture rows, TestPlace place) {
        given.computeIfAbsent(name, each -> new ArrayList<>())
                .add(place.fixtures().read(rows));
    }

    private static Schema schema(Map<DatasetName, Schema> schemas, DatasetName name) {
        return schemas.getOrDefault(name, Schema.EMPTY);
    }

    private void seedInputs(LoadTest.Batch batch, Map<DatasetName, Schema> schemas, FrozenSource source) {
        if (batch.inputs().isEmpty()) {
            return;
        }
        try (TestPlace place = place(source)) {
            batch.inputs()
                    .forEach((name, rows) -> place.seed(name, place.fixtures().read(rows), schema(schemas, name)));
        }
    }

    private FrozenSource source(List<FrozenBatch> given) {
        ExtractSpec.Incremental incremental = pipeline.extract().incremental();
        boolean keepsFiles = incremental != null && incremental.key() == null;
        return new FrozenSource(given, test.primaryKey(), now, keepsFiles);
    }

    private TestPlace place(FrozenSource source) {
        return new TestPlace(copy, source, engine, clock(), test.types(), cancellation);
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private List<String> judge(RunRecord record, int batch, boolean last) {
        String error = last ? test.error() : null;
        String reason = reason(record);
        if (reason == null) {
            return error == null ? List.of() : List.of("no error, where one with '" + error + "' was expected");
        }
        if (error != null && reason.contains(error)) {
            return List.of();
        }
        String run = test.batches().size() == 1 ? "the run" : "the run of batch " + batch;
        return List.of(run + " " + record.status().key() + ": " + reason
                + (error == null ? "" : " (an error with '" + error + "' was expected)"));
    }

    /** Why a run is no success; null when it is one. */
    private static @Nullable String reason(RunRecord record) {
        RunRecord.Failure failure = record.failure();
        if (failure != null) {
            // what to do about a gate is looked up in the run's log, and a test keeps none
            boolean advice = failure.hint() != null && !failure.code().equals("gate");
            return failure.message() + (advice ? " (" + failure.hint() + ")" : "");
        }
        return record.status() == RunStatus.SUCCESS || record.status() == RunStatus.UNVERIFIED
                ? null
                : String.join("; ", record.notes());
    }
}
