package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every YAML block of the documentation validates; every link leads somewhere. */
final class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern FILE = Pattern.compile("\\b(?:sql|codes|fixtures)/\\w+\\.(?:sql|csv)");

    /** The name of a model in the settings of models. */
    private static final Pattern MODEL = Pattern.compile("^  (\\w+):", Pattern.MULTILINE);

    /** What the pages take for granted. */
    private static final String PROJECT = """
            project: {name: docs, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              landing: {type: files, path: data}
              warehouse: {type: duckdb, path: warehouse.duckdb}
              lake: {type: parquet, path: lake}
              shop_db: {type: sqlite, path: shop.db}
              shop: {type: sqlite, path: shop.db}
            external: [marts.fct_orders, dim_customer, marts.dim_airport, ref.fx_rates]
            """;

    private static final String EXTRACT = "  extract: {connection: shop_db, table: source_rows}\n";
    private static final String LOAD =
            "  load: {connection: warehouse, table: loaded, strategy: upsert, merge_keys: [order_id]}\n";

    /** What the tests of the pages test. */
    private static final String TESTED = """
            pipeline:
              name: orders
              extract: {connection: shop_db, table: orders}
              load: {connection: warehouse, table: orders, strategy: upsert, merge_keys: [order_id], order_by: updated_at}
            ---
            pipeline:
              name: order_names
              extract: {connection: shop_db, table: orders}
              transform:
                stages:
                  - {name: enrich, operations: [{lookup: {table: dim_customer, match: {customer_id: customer_id}, take: [name]}}]}
              load: {connection: warehouse, table: order_names, strategy: upsert, merge_keys: [order_id]}
            ---
            pipeline:
              name: customers
              extract: {connection: shop_db, table: customers}
              load: {connection: warehouse, table: dim_customer, strategy: merge, merge_keys: [customer_id]}
            """;

    @TempDir
    Path temporary;

    @TestFactory
    List<DynamicTest> everyExampleValidates() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            Matcher blocks = BLOCK.matcher(Files.readString(page));
            for (int number = 1; blocks.find(); number++) {
                String name = ROOT.relativize(page) + " block " + number;
                // the environment variables of the pages
                String yaml = blocks.group(1)
                        .replace("${env:SALT}", "pepper")
                        .replaceAll("\\$\\{env:\\w+_PASSWORD\\}", "\\${file:password}");
                Path folder = temporary.resolve(name.replaceAll("[/ ]", "-"));
                tests.add(DynamicTest.dynamicTest(name, () -> validates(new Hw(folder), yaml)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    private static void validates(Hw hw, String yaml) {
        if (yaml.startsWith("project:")) {
            hw.write("headworks.yml", yaml);
            hw.write("password", "secret");
        } else {
            hw.write("headworks.yml", withoutWritten(yaml));
            hw.write(isOfModels(yaml) ? "models/example.yml" : "pipelines/example.yml", document(yaml));
        }
        if (isOfModels(yaml)) {
            MODEL.matcher(yaml.substring(yaml.indexOf("models:")))
                    .results()
                    .forEach(name -> hw.write("models/" + name.group(1) + ".sql", "select * from marts.fct_orders"));
        }
        if (yaml.startsWith("tests:")) {
            hw.write(
                    "headworks.yml",
                    PROJECT.replace("dim_customer, ", "") + "variables: {country: {allowed: [IT, FR]}}\n");
            hw.write("pipelines/tested.yml", TESTED);
        }
        FILE.matcher(yaml)
                .results()
                .map(MatchResult::group)
                .forEach(file -> hw.write(
                        file, file.endsWith(".csv") ? "code,value\na,b\n" : "select order_id from {{ input }}"));

        Hw.Result validated = hw.run("validate");

        assertThat(validated.exitCode()).as(validated.out() + validated.err()).isZero();
    }

    /** A table that the example writes itself comes from no outside. */
    private static String withoutWritten(String yaml) {
        return yaml.contains("table: dim_customer, strategy") ? PROJECT.replace("dim_customer, ", "") : PROJECT;
    }

    private static boolean isOfModels(String yaml) {
        return yaml.startsWith("models:") || yaml.contains("\nmodels:");
    }

    /** Parts of a pipeline stand for a whole one. */
    private static String document(String yaml) {
        if (isOfModels(yaml)
                || Stream.of("pipeline:", "checks:", "contract:", "tests:", "defaults:")
                        .anyMatch(yaml::startsWith)) {
            return yaml;
        }
        String parts = yaml.lines().map(line -> "  " + line + "\n").collect(Collectors.joining());
        return "pipeline:\n  name: example\n" + (yaml.contains("extract:") ? "" : EXTRACT)
                + (yaml.contains("load:") ? "" : LOAD) + parts;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                assertThat(page.resolveSibling(links.group(1)).normalize())
                        .as(links.group() + " in " + ROOT.relativize(page))
                        .exists();
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }
}
