package io.headworks.core.spec.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every YAML block of the examples of the public format is accepted, or only not built yet. */
class FormatExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("^```yaml\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Path REPOSITORY = Path.of("..");

    /** A block and where it begins. */
    record Example(String place, String yaml, Path folder) {
        List<Problem> problems() {
            try {
                return project(Files.createTempDirectory(folder, "example"), this)
                        .load()
                        .problems();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        boolean isAccepted() {
            return problems().stream().noneMatch(Problem::isError);
        }

        boolean isPart(String key) {
            return yaml.startsWith(key + ":");
        }

        /** Members are inferred only of what a pipeline writes; the documentation writes its own. */
        boolean infers() {
            return yaml.contains("missing: infer") && !yaml.contains("table: dim_customer, strategy");
        }

        /** Whole files stay as they are; parts of a pipeline get the rest of one. */
        String wrapped() {
            String part = yaml.indent(2);
            if (isPart("extract")) {
                return "pipeline:\n  name: example\n" + part
                        + "  load: {connection: warehouse, table: example, strategy: truncate-reload}\n";
            } else if (isPart("load")) {
                return "pipeline:\n  name: example\n  extract: {connection: landing, path: example.csv}\n" + part;
            }
            return yaml;
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExample(@TempDir Path folder) throws IOException {
        List<Example> examples = blocks("formats.md", resource(), folder);
        assertThat(examples).hasSizeGreaterThan(8);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(example.place(), () -> {
                    List<Problem> refused = example.problems().stream()
                            .filter(Problem::isError)
                            .filter(problem -> !problem.code().equals("not-yet"))
                            .toList();
                    assertThat(refused).isEmpty();
                }));
    }

    /**
     * These examples and those of the documentation.
     *
     * @param folder where the example's project is written when it is looked at
     */
    static List<Example> examples(Path folder) throws IOException {
        List<Example> examples = new ArrayList<>(blocks("formats.md", resource(), folder));
        for (Path file : documentation()) {
            examples.addAll(blocks(REPOSITORY.relativize(file).toString(), Files.readString(file), folder));
        }
        return examples;
    }

    private static ProjectFolder project(Path folder, Example example) {
        ProjectFolder project = new ProjectFolder(folder)
                .with("codes/status.csv", "code,value\nP,paid\n")
                .with("sql/shape_orders.sql", "select * from {{ input }}")
                .with("fixtures/dim_before.csv", "customer_id,name,valid_from,valid_to,is_current\n")
                .with("fixtures/late.csv", "customer_id,name,updated_at\n1,Ada,2025-12-01\n")
                .with("fixtures/dim_after.csv", "customer_id,name,valid_from,valid_to,is_current\n")
                .with("sql/lock.sql", "lock table orders")
                .with("sql/refresh.sql", "refresh orders");
        for (String name : List.of("SHOP_PASSWORD", "DW_PASSWORD", "BUILD", "ALERT_URL", "SALT")) {
            project.environment.put(name, "value of " + name);
        }
        if (example.isPart("tests") || example.infers()) {
            project.with("customers.yml", """
                    pipeline:
                      name: customers
                      extract: {connection: landing, path: customers.csv}
                      load:
                        {connection: warehouse, table: dim_customer, strategy: merge, merge_keys: [customer_id], scd: 2}
                    """);
        }
        if (example.yaml().contains("\nmodels:")) {
            return project.with("headworks.yml", head())
                    .with("models/fct_orders.sql", "select * from marts.fct_orders")
                    .with("models/stg_shop__orders.sql", "select * from marts.fct_orders")
                    .with("models/example.yml", example.wrapped());
        }
        return example.isPart("project")
                ? project.with("headworks.yml", example.wrapped())
                : project.with("headworks.yml", head()).with("example.yml", example.wrapped());
    }

    private static String head() {
        return """
                project: {name: examples, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                  shop_db: {type: sqlite, path: shop.sqlite}
                variables: {country: {type: text, default: IT}}
                external: [dim_customer, ref.fx_rates, "warehouse:marts.fct_orders", marts.dim_airport]
                alert_channels:
                  data-team: {type: webhook, url: "${env:ALERT_URL}"}
                """;
    }

    private static List<Example> blocks(String name, String markdown, Path folder) {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(markdown);
        while (matcher.find()) {
            long line = markdown.substring(0, matcher.start(1)).lines().count() + 1;
            examples.add(new Example(name + ":" + line, matcher.group(1), folder));
        }
        return examples;
    }

    private static List<Path> documentation() throws IOException {
        Path docs = REPOSITORY.resolve("docs");
        if (!Files.isDirectory(docs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(docs)) {
            return Stream.concat(files, Stream.of(REPOSITORY.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static String resource() throws IOException {
        try (var in = FormatExamplesTest.class.getResourceAsStream("formats.md")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
