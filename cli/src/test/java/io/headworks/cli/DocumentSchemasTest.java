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
    void realOutputIsWhatTheSchemasSay() throws IOException {
        Path folder = temporary.resolve("shop");
        conforms("init", Hw.runAnywhere("init", folder.toString(), "--output", "json"));
        hw = new Hw(folder);
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
        conforms("validate", "validate");
        conforms("lint", "lint");
        conforms("fmt", "fmt", "--check");
        conforms("ls", "ls");
        conforms("show", "show", "orders");
        conforms("query", "query", "select *, [1, 2] as l, {'a': 1} as s from orders");
        conforms("check", "check");
        conforms("preview", "preview", "landing:orders.csv");
        conforms("preview", "preview", "orders");
        conforms("deadletter-list", "deadletter", "list");
        String id =
                hw.rows("select id from headworks.dead_letter limit 1").get(0).replaceAll("[\\[\\]\"]", "");
        conforms("deadletter-show", "deadletter", "show", id);
        conforms("connection-list", "connection", "list");
        conforms("connection-test", "connection", "test");
        conforms("connection-tables", "connection", "tables", "warehouse");
        conforms("setup", "setup", "warehouse", "--print-sql");
        conforms("setup", "setup", "warehouse");
        conforms("plan", "plan");
        conforms("plan", "plan", "orders", "--full-refresh", "--sql");
        conforms("run", "run", "orders", "--full-refresh", "--dry-run");
        conforms("completion", "completion");
        conforms(
                "json-schema",
                "json-schema",
                "--out",
                temporary.resolve("schema.json").toString());
        conforms("demo", Demo.run(temporary.resolve("demo"), "--output", "json"));
        conforms("state-backup", "state", "backup");
        conforms("state-rebuild", "state", "rebuild");
        conforms("state-purge", "state", "purge");
        conforms("error", "log", "nobody");
        hw.replace("pipelines/orders.yml", "strategy: upsert", "stratgy: upsert");
        conforms("validate", "validate");
        conforms("error", "run", "orders");

        assertThat(seen).as("every published schema was met").isEqualTo(published());
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
