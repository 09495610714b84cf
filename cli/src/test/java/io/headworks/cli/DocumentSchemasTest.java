package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands write with {@code --output json} is what docs/reference/documents promises. */
final class DocumentSchemasTest {
    private static final Path SCHEMAS = Path.of("../docs/reference/documents");
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Set<String> seen = new TreeSet<>();

    @TempDir
    Path temporary;

    private Hw hw;

    @Test
    void realOutputIsWhatTheSchemasSay() throws IOException, InterruptedException {
        Path folder = temporary.resolve("shop");
        conforms("init", Hw.runAnywhere("init", folder.toString(), "--output", "json"));
        hw = new Hw(folder);
        conforms(
                "import",
                Hw.runAnywhere(
                        "import",
                        "dbt",
                        Bakery.in(temporary.resolve("bakery")).toString(),
                        "--into",
                        temporary.resolve("made").toString(),
                        "--output",
                        "json"));
        hw.write(
                "checks/orders.yml",
                "checks: {table: warehouse:orders, run: [{not_null: customer}, {range: {column: amount, max: 200}}]}\n");
        hw.write(
                "data/orders2.csv",
                "order_id,customer,status,amount,ordered_at\n7,Linus,lost,9.99,2026-01-08 10:00:00\n"
                        + "8,Margaret,paid,5,2026-01-08 10:00:00\n");
        conforms("status", "status");
        conforms("run", "run", "orders");
        conforms("run", "run", "orders");
        conforms("run", "deadletter", "replay", "orders");
        conforms("runs", "runs");
        conforms("log", "log", "orders");
        conforms("status", "status");
        conforms("schedule-slots", "schedule", "trigger", "orders");
        conforms("schedule", "schedule", "--next", "2");
        conforms("validate", "validate");
        conforms("lint", "lint");
        conforms("fmt", "fmt", "--check");
        conforms("ls", "ls");
        conforms("show", "show", "orders");
        conforms("lineage", "lineage", "orders");
        conforms("lineage", "lineage", "orders", "--column", "amount");
        conforms("query", "query", "select *, [1, 2] as l, {'a': 1} as s from orders");
        conforms("check", "check");
        conforms("diff", "diff", "landing:orders.csv", "orders", "--exclude", "status");
        hw.write("tests/orders.yml", """
                tests:
                  - name: wrong in every way
                    pipeline: orders
                    batches: [{source: [{order_id: 1, customer: Ada, status: paid, amount: 5, ordered_at: 2026-01-08 10:00:00}]}]
                    after: {orders: [{order_id: 1, customer: Bob}, {order_id: 2}]}
                """);
        conforms("test", "test");
        conforms("verify", "verify", "orders", "--kills", "0");
        conforms("preview", "preview", "landing:orders.csv");
        conforms("preview", "preview", "orders");
        conforms("schema-change", "schema-change", "orders");
        conforms("quality", "quality", "orders");
        conforms("quality", "quality", "orders", "--dry-run");
        conforms("score", "score");
        conforms("deadletter-list", "deadletter", "list");
        String id =
                hw.rows("select id from headworks.dead_letter limit 1").get(0).replaceAll("[\\[\\]\"]", "");
        conforms("deadletter-show", "deadletter", "show", id);
        String export = temporary.resolve("fix.jsonl").toString();
        conforms("deadletter-export", "deadletter", "export", "orders", "--out", export);
        conforms("deadletter-purge", "deadletter", "purge", "orders", "--older-than", "90d");
        conforms("connection-list", "connection", "list");
        conforms("connection-test", "connection", "test");
        conforms("connection-tables", "connection", "tables", "warehouse");
        conforms("setup", "setup", "warehouse", "--print-sql");
        conforms("setup", "setup", "warehouse");
        contracts();
        conforms("plan", "plan");
        conforms("plan", "plan", "orders", "--full-refresh", "--sql");
        hw.write(
                "models/by_status.sql",
                "/* model\nload: {connection: warehouse, strategy: truncate-reload}\n*/\n"
                        + "select status, count(*) as n from orders group by all\n");
        Git.committed(folder);
        hw.replace("pipelines/orders.yml", "status: text, ", "");
        Hw.Result change = hw.run("plan", "changed:HEAD", "--output", "json");
        conforms("plan", change);
        assertThat(change.out()).contains("breaking", "by_status");
        hw.replace("pipelines/orders.yml", "customer: text, ", "customer: text, status: text, ");
        Files.delete(folder.resolve("models/by_status.sql"));
        conforms("run", "run", "orders", "--full-refresh", "--dry-run");
        hw.replace(
                "pipelines/orders.yml",
                "strategy: incremental",
                "strategy: incremental\n    slice: {by: ordered_at, every: 1w}");
        conforms("backfill", "backfill", "orders", "--from", "2026-01-05", "--to", "2026-01-19", "--plan");
        conforms("backfill", "backfill", "orders", "--from", "2026-01-05", "--to", "2026-01-19");
        conforms("backfill-list", "backfill", "list");
        hw.replace(
                "headworks.yml",
                "connections:",
                "environments: {dev: {default: true}, ci: {schema_prefix: ci_}}\nconnections:");
        conforms("run", "run", "orders", "--env", "ci");
        conforms("env-drop", "env", "drop", "ci");
        conforms("env-drop", "env", "drop", "ci", "--yes");
        conforms("completion", "completion");
        conforms(
                "json-schema",
                "json-schema",
                "--out",
                temporary.resolve("schema.json").toString());
        conforms("demo", Demo.run(temporary.resolve("demo"), "--output", "json"));
        String backup = temporary.resolve("backup.db").toString();
        conforms("state-backup", "state", "backup", backup);
        Files.delete(hw.folder().resolve(".headworks/state.db"));
        conforms("state-restore", "state", "restore", backup);
        conforms("state-rebuild", "state", "rebuild");
        conforms("state-purge", "state", "purge");
        conforms("state-setup", "state", "setup");
        conforms("error", "log", "nobody");
        hw.replace("pipelines/orders.yml", "strategy: upsert", "stratgy: upsert");
        conforms("validate", "validate");
        conforms("error", "run", "orders");

        // it goes on until it is stopped: ServeTest meets it
        seen.add("serve");
        assertThat(seen).as("every published schema was met").isEqualTo(published());
    }

    private void contracts() throws IOException {
        conforms("contract-init", "contract", "init", "orders", "--dry-run");
        conforms("contract-init", "contract", "init", "orders");
        hw.replace("contracts/orders.yml", "version-bump", "notify-30-days");
        conforms("contract-publish", "contract", "publish", "orders");
        conforms("contract-diff", "contract", "diff", "orders");
        hw.replace("contracts/orders.yml", "nullable: false", "nullable: true");
        conforms("contract-diff", "contract", "diff", "orders");
        conforms("contract-notice", "contract", "notice", "orders");
        conforms("contract-coverage", "contract", "coverage");
        Path exported = temporary.resolve("orders.odcs.yaml");
        conforms("contract-export", "contract", "export", "orders", "--out", exported.toString());
        conforms(
                "contract-import", "contract", "import", exported.toString(), "--connection", "warehouse", "--dry-run");
        conforms("ls", "ls");
        hw.replace("contracts/orders.yml", "nullable: true", "nullable: false");
    }

    private void conforms(String schema, String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--output", "json"))
                .toArray(String[]::new);
        conforms(schema, hw.run(all));
    }

    private void conforms(String name, Hw.Result result) {
        seen.add(name);
        assertThat(refusals(name, result.out()))
                .as(name + ": " + result.out() + result.err())
                .isEmpty();
    }

    private java.util.List<String> refusals(String name, String document) {
        try {
            Schema schema = registry.getSchema(Files.readString(SCHEMAS.resolve(name + ".schema.json")));
            return schema.validate(document, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException missing) {
            throw new AssertionError("no schema " + name, missing);
        }
    }

    private static Set<String> published() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".schema.json"))
                    .map(name -> name.replace(".schema.json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
