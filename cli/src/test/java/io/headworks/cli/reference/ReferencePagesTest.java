package io.headworks.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.connection.Connector;
import io.headworks.core.spec.reference.ReferencePages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages of docs/reference say what the descriptors say. {@code mvn test -pl cli -am -Dtest=ReferencePagesTest
 * -Dreference.write=true} rewrites them.
 */
class ReferencePagesTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");

    private static Map<String, String> pages() {
        List<Connector> connectors = ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(connector -> connector.type().name()))
                .toList();
        return ReferencePages.markdown(connectors);
    }

    @Test
    void pagesAreFresh() throws IOException {
        Map<String, String> pages = pages();
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            assertThat(FOLDER.resolve(page.getKey()))
                    .as("rewrite with -Dreference.write=true")
                    .hasContent(page.getValue());
        }
    }

    @Test
    void noPageIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> written = files.filter(Files::isRegularFile)
                    .filter(ReferencePagesTest::isWrittenByUs)
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertThat(pages().keySet()).containsAll(written);
        }
    }

    private static boolean isWrittenByUs(Path file) {
        try {
            return Files.readString(file).startsWith(ReferencePages.NOTE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
