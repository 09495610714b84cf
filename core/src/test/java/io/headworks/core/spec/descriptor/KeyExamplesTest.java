package io.headworks.core.spec.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.core.spec.Problem;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.DocumentFormat;
import io.headworks.core.spec.loading.TestProjects;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.TestYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the reference and in messages are accepted by what they explain. */
class KeyExamplesTest {
    @TempDir
    static Path folder;

    private static List<Described> objects() {
        Glossary glossary = new Glossary();
        new DocumentFormat(new ConnectionTypes(TestProjects.connectors()))
                .kind()
                .describe(glossary);
        return List.copyOf(glossary.objects());
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsAccepted() throws IOException {
        Files.createDirectories(folder.resolve("codes"));
        Files.createDirectories(folder.resolve("sql"));
        Files.writeString(folder.resolve("codes/status.csv"), "code,value\n");
        for (String name : List.of("orders", "shape_orders", "lock", "refresh")) {
            Files.writeString(folder.resolve("sql/" + name + ".sql"), "select 1");
        }
        return objects().stream()
                .flatMap(object -> object.keys().stream()
                        .filter(key -> key.example() != null)
                        .map(key ->
                                DynamicTest.dynamicTest(object.name() + "." + key.name(), () -> assertAccepted(key))));
    }

    private static void assertAccepted(Key<?> key) {
        List<String> names = List.of("shop_db", "warehouse", "landing");
        Problems problems = new Problems();
        Reading in = new Reading(
                problems,
                new Placeholders(folder, name -> "value"),
                new Known(names, names, List.of(), names, List.of("data-team")),
                new ProjectFiles(folder));
        Node.Mapping map = (Node.Mapping) TestYaml.node(key.name() + ": " + key.example());
        Object value = in.part(key.name(), key.kind(), map.entries().get(0).value());

        assertThat(problems.sorted().stream().filter(Problem::isError)).isEmpty();
        assertThat(value).isNotNull();
    }

    @Test
    void keysAreSnakeCaseAndMeanOneThingEach() {
        for (Described object : objects()) {
            List<String> names = object.keys().stream()
                    .flatMap(key -> Stream.of(List.of(key.name()), key.accepted(), key.renamed())
                            .flatMap(List::stream))
                    .toList();
            assertThat(names)
                    .as(object.name())
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
        }
    }
}
