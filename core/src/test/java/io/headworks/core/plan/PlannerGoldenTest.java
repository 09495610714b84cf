package io.headworks.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.connection.ConnectionType;
import io.headworks.api.connection.Connector;
import io.headworks.api.connection.Setting;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Position;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.ledger.Positions;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.loading.ProjectLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans as text against golden files; {@code -Dgolden.write=true} writes them anew. */
class PlannerGoldenTest {
    private static final Instant CLOCK = Instant.parse("2024-03-01T12:00:00Z");
    private static final Schema ORDERS = schema("order_id bigint", "amount decimal(18,2)", "updated_at timestamp");

    @TempDir
    Path folder;

    @Test
    void aFirstLoadOfNewFilesIsDirect() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv", strategy: incremental}
                load: {connection: warehouse, table: orders, strategy: append}
                quality_gates: {pre_load: [{not_null: order_id}]}
                """);

        golden("new-files", plan(pipeline, files("a.csv", "b.csv"), table(null, null), Request.LIVE));
    }

    @Test
    void onlyTheNewFileIsReadNextTime() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv", strategy: incremental}
                load: {connection: warehouse, table: orders, strategy: append}
                """);
        Position known = new Position.Files(List.of(stamp("a.csv"), stamp("b.csv")), ORDERS);

        golden("next-file", plan(pipeline, files("a.csv", "b.csv", "c.csv"), table(known, stored()), Request.LIVE));
    }

    @Test
    void noNewFileIsNothingToDo() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv", strategy: incremental}
                load: {connection: warehouse, table: orders, strategy: append}
                """);
        Position known = new Position.Files(List.of(stamp("a.csv")), ORDERS);

        golden("no-new-file", plan(pipeline, files("a.csv"), table(known, stored()), Request.LIVE));
    }

    @Test
    void anIncrementalKeyReadsFromTheLookBackToTheClockLessSettle() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract:
                  connection: landing
                  path: "orders/*.csv"
                  strategy: incremental
                  incremental_key: updated_at
                  lookback: 2h
                  settle: 5m
                load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [order_id]}
                error_handling: {strategy: dead-letter}
                """);
        Position known = new Position.Key("updated_at", DataType.TIMESTAMP, "2024-02-29T23:30:00");

        golden("incremental-key", plan(pipeline, files("a.csv"), table(known, stored()), Request.LIVE));
    }

    @Test
    void whatTheTableRefusesIsDiscardedByRow() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv", strategy: incremental}
                load:
                  connection: warehouse
                  table: orders
                  strategy: upsert
                  merge_keys: [order_id]
                  schema_changes: discard-row
                error_handling: {strategy: dead-letter}
                """);
        Schema older = schema("order_id bigint", "amount bigint", "_hw_run bigint", "_hw_loaded_at timestamptz");

        golden("discard-row", plan(pipeline, files("a.csv"), table(null, older), Request.LIVE));
    }

    @Test
    void rowsOfAVanishedFileAreDeleted() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract:
                  connection: landing
                  path: "orders/*.csv"
                  strategy: incremental
                  files: {vanished: delete, add: {_file: path}}
                load: {connection: warehouse, table: orders, strategy: append}
                """);
        Schema columns = schema("order_id bigint", "amount decimal(18,2)", "updated_at timestamp", "_file text");
        Position known = new Position.Files(List.of(stamp("a.csv"), stamp("b.csv")), columns);
        SourceState source = files("b.csv");
        SourceState named = new SourceState(
                columns,
                null,
                source.bytes(),
                CLOCK,
                source.identity(),
                List.of(),
                source.files(),
                Map.of(),
                List.of());
        Schema stored = schema(
                "order_id bigint",
                "amount decimal(18,2)",
                "updated_at timestamp",
                "_file text",
                "_hw_run bigint",
                "_hw_loaded_at timestamptz");

        golden("vanished-file", plan(pipeline, named, table(known, stored), Request.LIVE));
    }

    @Test
    void aSliceNeverMovesThePosition() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv", slice: {by: updated_at}}
                load: {connection: warehouse, table: orders, strategy: merge, merge_keys: [order_id]}
                """);

        golden(
                "slice",
                plan(pipeline, files("a.csv"), table(null, stored()), new Request("2024-01-01", "2024-02-01", false)));
    }

    @Test
    void theSamePlanOverTheSameFilesIsNothingToDo() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv"}
                load: {connection: warehouse, table: orders, strategy: truncate-reload}
                """);
        Plan first = plan(pipeline, files("a.csv"), table(null, null), Request.LIVE);
        TargetState loaded =
                new TargetState(stored(), 3L, ledgerRow(first.positionAfter(), first.hash()), 1, List.of());

        assertThat(first.idle()).isNull();
        assertThat(plan(pipeline, files("a.csv"), loaded, Request.LIVE).idle())
                .isEqualTo("the files and the definition are those of the last load");
        assertThat(plan(pipeline, files("a.csv", "b.csv"), loaded, Request.LIVE).idle())
                .isNull();
    }

    @Test
    void thePlanOfTheSameInputHasTheSameHash() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv"}
                load: {connection: warehouse, table: orders, strategy: truncate-reload}
                """);

        assertThat(plan(pipeline, files("a.csv"), table(null, null), Request.LIVE)
                        .hash())
                .isEqualTo(plan(pipeline, files("a.csv"), table(null, null), Request.LIVE)
                        .hash())
                .isNotEqualTo(plan(pipeline, files("b.csv"), table(null, null), Request.LIVE)
                        .hash());
    }

    @Test
    void everythingThatMakesAnAppendUnsafeIsRefused() throws IOException {
        PipelineSpec pipeline = pipeline("""
                extract: {connection: landing, path: "orders/*.csv", strategy: incremental}
                load: {connection: warehouse, table: orders, strategy: append}
                """);
        Position known = new Position.Files(List.of(stamp("a.csv")), ORDERS);
        SourceState changed = files(new FileStamp("a.csv", 11, CLOCK, "other", Map.of()));

        assertThatRefused(() -> plan(pipeline, changed, table(known, stored()), Request.LIVE))
                .isEqualTo("Cannot read orders by new files: a.csv changed since it was loaded, and append would double"
                        + " its rows");
        assertThatRefused(() -> plan(pipeline, files("b.csv"), table(known, stored()), Request.LIVE))
                .isEqualTo("Cannot continue orders: loaded before and no longer there: a.csv");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable planning) {
        HeadworksException refusal =
                org.assertj.core.api.Assertions.catchThrowableOfType(HeadworksException.class, planning);
        return assertThat(refusal.getMessage());
    }

    private Plan plan(PipelineSpec pipeline, SourceState source, TargetState table, Request request) {
        TargetAbilities abilities =
                new TargetAbilities(List.of(Strategy.values()), true, true, true, true, true, List.of());
        Observed observed =
                new Observed(pipeline.extract().extract(), source, table, abilities, source.schema(), true, "", false);
        LedgerKey key = new LedgerKey("id", "default", "", "orders", "warehouse:orders");
        return new Planner(key, pipeline).plan(observed, StateSnapshot.NONE, request);
    }

    private static SourceState files(String... names) {
        return files(Arrays.stream(names).map(PlannerGoldenTest::stamp).toArray(FileStamp[]::new));
    }

    private static SourceState files(FileStamp... stamps) {
        return new SourceState(
                ORDERS, null, 100L, CLOCK, "files:data", List.of(), List.of(stamps), Map.of(), List.of());
    }

    private static FileStamp stamp(String name) {
        return new FileStamp(name, 10, CLOCK, "hash of " + name, Map.of());
    }

    private static TargetState table(@Nullable Position position, @Nullable Schema schema) {
        return new TargetState(
                schema, schema == null ? null : 3L, position == null ? null : ledgerRow(position, "h"), 1, List.of());
    }

    private static Schema stored() {
        return schema(
                "order_id bigint",
                "amount decimal(18,2)",
                "updated_at timestamp",
                "_hw_run bigint",
                "_hw_loaded_at timestamptz");
    }

    private static LedgerRow ledgerRow(@Nullable Position position, String planHash) {
        LedgerKey key = new LedgerKey("id", "default", "", "orders", "warehouse:orders");
        return new LedgerRow(
                1,
                key,
                "run",
                1,
                1,
                "live",
                null,
                null,
                1,
                null,
                position == null ? null : Positions.write(position),
                "files:data",
                Planner.schemaHash(ORDERS),
                planHash,
                0,
                0,
                0,
                0,
                0,
                "none",
                "",
                "0",
                CLOCK);
    }

    private PipelineSpec pipeline(String body) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("headworks.yml"), """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        Files.writeString(folder.resolve("orders.yml"), "pipeline:\n  name: orders\n" + body.indent(2));
        LoadedProject loaded = new ProjectLoader(
                        List.of(new Typed("files", true, false), new Typed("duckdb", true, true)), () -> {
                            throw new AssertionError("no SQL is to be read here");
                        })
                .load(folder, null, Map.of());
        assertThat(loaded.problems()).isEmpty();
        return Objects.requireNonNull(loaded.project()).pipelines().get(0);
    }

    private static void golden(String name, Plan plan) throws IOException {
        String actual = String.join("\n", PlanText.of(plan, List.of("reports"))) + "\n";
        Path file = Path.of("src/test/resources/io/headworks/core/plan", name + ".golden");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    private static Schema schema(String... fields) {
        return new Schema(Arrays.stream(fields)
                .map(field -> field.split(" "))
                .map(parts -> new Field(parts[0], DataType.parse(parts[1]).orElseThrow()))
                .toList());
    }

    /** A connector that is only looked at. */
    private record Typed(String name, boolean isSource, boolean isTarget) implements Connector {
        @Override
        public ConnectionType type() {
            Setting path = new Setting("path", Setting.Kind.PATH, true, null, List.of(), "Where", "x");
            return new ConnectionType(name, List.of(), "For tests", List.of(path));
        }
    }
}
