package io.headworks.core.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.imports.YamlText;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.loading.ContractFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Documents of the Open Data Contract Standard, there and back through contract files, and refused. */
final class OdcsTest {
    private static final Path DOCUMENTS = Path.of("src/test/resources/io/headworks/core/contract/odcs");
    private static final Pattern EXPECTED = Pattern.compile("# expected at line (\\d+): (.*)");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> goThereAndBackWithoutLoss() throws IOException {
        List<Path> files = files("valid");
        assertThat(files).hasSizeGreaterThanOrEqualTo(15);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Map<String, @Nullable Object> original = read(Files.readAllBytes(file));
                    Map<String, @Nullable Object> back =
                            read(YamlText.of(exported(contracts(original))).getBytes(StandardCharsets.UTF_8));

                    assertThat(back.get("apiVersion")).isEqualTo("v3.1.0");
                    boolean is31 = "v3.1.0".equals(original.get("apiVersion"));
                    original.put("apiVersion", "v3.1.0");
                    assertThat(is31 ? back : withoutMetrics(back)).isEqualTo(original);
                }));
    }

    @TestFactory
    Stream<DynamicTest> invalidOnesAreRefusedWithLineAndKey() throws IOException {
        List<Path> files = files("invalid");
        assertThat(files).hasSizeGreaterThanOrEqualTo(20);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Matcher expected = EXPECTED.matcher(Files.readString(file));
                    assertThat(expected.find()).isTrue();
                    int line = Integer.parseInt(expected.group(1));

                    OdcsReader.Read read = OdcsReader.read("a.odcs.yaml", Files.readAllBytes(file));

                    assertThat(read.tree()).isNull();
                    assertThat(read.problems()).anySatisfy(problem -> {
                        assertThat(problem.file()).isEqualTo("a.odcs.yaml");
                        assertThat(problem.line()).isEqualTo(line == 0 ? problem.line() : line);
                        assertThat(problem.message() + " | " + problem.hint()).contains(expected.group(2));
                    });
                }));
    }

    @Test
    void whatTheContractSaysOtherwiseIsWrittenAndNothingElse() throws IOException {
        Map<String, @Nullable Object> original = read(Files.readAllBytes(DOCUMENTS.resolve("valid/orders.odcs.yaml")));
        Path file = written(original);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"2.1.0\"", "\"3.0.0\"")
                        .replace(
                                "\"decimal(18,2)\", description: \"In euro, with tax.\"",
                                "\"decimal(20,2)\", description: Gross.")
                        .replace("{values: [paid, sent]}", "{values: [paid, sent, lost]}"));

        Map<String, @Nullable Object> back = exported(ContractFile.read(file));

        assertThat(back).containsEntry("version", "3.0.0").containsEntry("team", original.get("team"));
        List<Map<String, @Nullable Object>> properties =
                Tree.maps(Tree.maps(back, "schema").get(0), "properties");
        assertThat(properties.get(0))
                .isEqualTo(Tree.maps(Tree.maps(original, "schema").get(0), "properties")
                        .get(0));
        assertThat(properties.get(1))
                .containsEntry("physicalType", "decimal(20,2)")
                .containsEntry("description", "Gross.")
                .containsKey("examples");
        assertThat(properties.get(2).get("quality").toString())
                .contains("engine=headworks")
                .contains("lost")
                .doesNotContain("library");
    }

    @Test
    void aContractOfOursBecomesADocumentThatReads() throws IOException {
        Path file = folder.resolve("own.yml");
        Files.writeString(file, """
                contract:
                  name: orders
                  version: 1.0.0
                  owner: sales
                  table: warehouse:marts.orders
                  sla: {freshness_hours: 2}
                  schema:
                    - {column: id, type: bigint, nullable: false, checks: [{type: unique}, {type: range, params: {min: 1}}]}
                    - {column: tags, type: "text[]", business_definition: What it is about., pii: true}
                  checks: [{unique: [id, tags]}]
                """);

        Map<String, @Nullable Object> document = exported(ContractFile.read(file));
        Map<String, @Nullable Object> back = read(YamlText.of(document).getBytes(StandardCharsets.UTF_8));

        Map<String, @Nullable Object> contract = Objects.requireNonNull(
                OdcsImport.of(back, "warehouse").contracts().get("orders"));
        assertThat(contract)
                .containsEntry("owner", "sales")
                .containsEntry("table", "warehouse:marts.orders")
                .containsEntry("sla", Map.of("freshness_hours", "2"))
                .containsEntry("checks", List.of(Map.of("unique", List.of("id", "tags"))));
        Map<String, @Nullable Object> id = Tree.maps(contract, "schema").get(0);
        assertThat(id).containsEntry("type", "bigint").containsEntry("nullable", false);
        assertThat(Tree.maps(id, "checks")).hasSize(2);
    }

    private List<Contract> contracts(Map<String, @Nullable Object> document) throws IOException {
        return ContractFile.read(written(document));
    }

    private Path written(Map<String, @Nullable Object> document) throws IOException {
        StringBuilder text = new StringBuilder();
        OdcsImport.of(document, "warehouse")
                .contracts()
                .values()
                .forEach(tree -> text.append("---\n").append(YamlText.of(Map.of("contract", tree))));
        return Files.writeString(Files.createTempFile(folder, "contract", ".yml"), text);
    }

    private static Map<String, @Nullable Object> exported(List<Contract> contracts) {
        return new OdcsExport(contracts).of(contracts.get(contracts.size() - 1));
    }

    private static Map<String, @Nullable Object> read(byte[] bytes) {
        OdcsReader.Read read = OdcsReader.read("a.odcs.yaml", bytes);
        assertThat(read.problems()).extracting(Problem::toString).isEmpty();
        return Objects.requireNonNull(read.tree());
    }

    /** Rules of 3.0 without the metric that 3.1 asks for. */
    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> withoutMetrics(Map<String, @Nullable Object> tree) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(without(tree));
    }

    private static @Nullable Object without(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (!(key.equals("metric") && map.containsKey("rule"))) {
                    copy.put(String.valueOf(key), without(value));
                }
            });
            return copy;
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(without(item)));
            return copy;
        }
        return tree;
    }

    private static List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(DOCUMENTS.resolve(kind))) {
            return files.sorted().toList();
        }
    }
}
