package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Schema;
import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.run.Workspace;
import io.headworks.core.service.FirstRows;
import io.headworks.core.service.Rows;
import io.headworks.core.service.Setup;
import io.headworks.core.service.Workbench;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Expectation;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes first tests of a pipeline: a few rows of its source, personal values masked, and what it does with them now. */
public final class GenerateTests {
    private static final int SOURCE_ROWS = 3;
    private static final int TABLE_ROWS = 1000;
    /** Of audit columns, which say when a table was loaded and nothing else. */
    private static final String OURS = "_hw_";

    private final Setup setup;
    private final Project project;
    private final PipelineSpec pipeline;
    private final Masking masking;
    private final Cancellation cancellation;
    private final Map<String, DataType> types = new LinkedHashMap<>();

    /** @param masked columns to be masked beside those that look personal, or that some pipeline masks or hashes */
    public GenerateTests(
            Setup setup, Project project, PipelineSpec pipeline, Collection<String> masked, Cancellation cancellation) {
        this.setup = setup;
        this.project = project;
        this.pipeline = pipeline;
        this.masking = new Masking(project, masked);
        this.cancellation = cancellation;
    }

    /**
     * What was written down; nothing of it is in a file yet.
     *
     * @param files by name, relative to the project's folder
     * @param masked the columns whose values are made up
     */
    public record Generated(Map<String, String> files, Set<String> masked, int tests) {}

    public Generated generate() {
        if (pipeline.extract().model() != null) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot generate tests of " + pipeline.name() + ": it is an SQL model, and tests of models are not"
                            + " built yet");
        }
        Map<String, String> files = new LinkedHashMap<>();
        Map<DatasetName, Fixture> before = new LinkedHashMap<>();
        Map<DatasetName, String> fixtures = new LinkedHashMap<>();
        Fixture.Rows rows;
        List<String> primaryKey;
        try (Workbench bench = new Workbench(setup, project, cancellation);
                Workbench.Session session = bench.open()) {
            Source source = session.connections().source(pipeline.extract().connection());
            SourceState state = source.observe(pipeline.extract().extract(), null);
            rows = rows(source, state, session);
            primaryKey = state.primaryKey();
            for (DatasetUse use : pipeline.uses()) {
                if (!use.dataset().equals(pipeline.writes())) {
                    Fixture.Rows table = table(use.dataset(), session);
                    String file = "tests/fixtures/" + pipeline.name() + "_"
                            + use.dataset().table().table() + ".csv";
                    files.put(file, GoldenRows.csv(table));
                    before.put(use.dataset(), table);
                    fixtures.put(use.dataset(), file);
                }
            }
        }
        TestText text = new TestText("What " + pipeline.name() + " did when these tests were generated: read each, and"
                + " correct what it should do.");
        List<String> key = pipeline.load().mergeKeys().isEmpty()
                ? primaryKey
                : pipeline.load().mergeKeys();
        Map<String, List<Fixture>> cases = new HardCases(pipeline, rows, key).batches(types);
        cases.forEach((name, batches) -> {
            LoadTest test = test(name, batches, before, primaryKey);
            LoadTestRun.Outcome outcome = run(test);
            text.add(test, fixtures, outcome, pipeline.load().table().toString(), columns(outcome));
        });
        files.put("tests/" + pipeline.name() + ".yml", text.text());
        return new Generated(files, masking.used(), cases.size());
    }

    private Fixture.Rows rows(Source source, SourceState state, Workbench.Session session) {
        Relation staged = session.engine()
                .stage(
                        "generate",
                        FirstRows.of(source.rows(pipeline.extract().extract(), state, null, first(state)), SOURCE_ROWS))
                .rows();
        Fixture.Rows rows = fixture(new Relation(staged.sql(), state.schema(), List.of()), SOURCE_ROWS, session);
        if (rows.rows().isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot generate tests of " + pipeline.name() + ": its source has no row to begin with",
                    "write one by hand: docs/testing.md");
        }
        return rows;
    }

    private static List<FileStamp> first(SourceState state) {
        return state.files().stream().limit(1).toList();
    }

    private Fixture.Rows table(DatasetName dataset, Workbench.Session session) {
        Relation table = session.connections()
                .target(String.valueOf(dataset.connection()))
                .read(dataset.table());
        return fixture(table, TABLE_ROWS, session);
    }

    /** A column that two tables have with different types keeps that of the first. */
    private Fixture.Rows fixture(Relation all, int limit, Workbench.Session session) {
        Schema ofData = new Schema(all.schema().fields().stream()
                .filter(field -> !field.name().startsWith(OURS))
                .toList());
        Relation relation = new Relation(all.sql(), ofData, List.of());
        List<String> names = relation.schema().names();
        List<List<Cell>> cells = new ArrayList<>();
        relation.schema().fields().forEach(field -> types.putIfAbsent(field.name(), field.type()));
        for (List<@Nullable Object> row : Rows.first(session.engine(), relation, limit)) {
            List<Cell> masked = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                DataType type = relation.schema().fields().get(i).type();
                masked.add(cell(masking.of(names.get(i), type, row.get(i))));
            }
            cells.add(masked);
        }
        return new Fixture.Rows(names, cells, null);
    }

    private static Cell cell(@Nullable Object value) {
        if (value == null) {
            return Cell.NULL;
        }
        boolean nested = value instanceof Map || value instanceof List;
        return new Cell(nested ? Json.compact(value) : value.toString(), nested ? Cell.Form.NESTED : Cell.Form.PLAIN);
    }

    private LoadTest test(
            String name, List<Fixture> batches, Map<DatasetName, Fixture> before, List<String> primaryKey) {
        Place place = Place.of("tests/" + pipeline.name() + ".yml");
        Expectation nothing = new Expectation(
                Expectation.Match.EXACT, List.of(), List.of(), new Fixture.Rows(List.of(), List.of(), null), place);
        Instant now = setup.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return new LoadTest(
                place,
                pipeline.name() + ": " + name,
                pipeline.name(),
                now,
                Map.of(),
                types,
                primaryKey,
                before,
                batches.stream()
                        .map(rows -> new LoadTest.Batch(rows, Map.of(), null))
                        .toList(),
                Map.of(pipeline.writes(), nothing),
                List.of(),
                null,
                null);
    }

    private LoadTestRun.Outcome run(LoadTest test) {
        Workspace workspace = Workspace.of(project.folder());
        String id = RunIds.next(setup.clock().instant());
        Path folder = workspace.staging(id);
        try (Engine engine = setup.engines().open(Resources.UNSET, workspace.temporary())) {
            return new LoadTestRun(
                            test,
                            project,
                            setup.connectors().all(),
                            engine,
                            folder,
                            setup.clock().instant(),
                            cancellation)
                    .run();
        } finally {
            workspace.remove(id);
            workspace.removeTemporary();
        }
    }

    /** The audit columns say when and by which run: they are the same in a test, and of no interest. */
    private List<String> columns(LoadTestRun.Outcome outcome) {
        Load.AuditColumns audit = pipeline.load().audit();
        return outcome.tables().stream()
                .flatMap(table -> table.columns().stream())
                .filter(name -> audit == null || !name.equals(audit.run()) && !name.equals(audit.loadedAt()))
                .toList();
    }
}
