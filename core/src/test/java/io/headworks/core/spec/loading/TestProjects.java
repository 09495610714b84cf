package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connector;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Small projects for tests of other packages. */
public final class TestProjects {
    private TestProjects() {}

    public static List<Connector> connectors() {
        return ProjectFolder.connectors();
    }

    /** Whole documents that the parser accepts. */
    public static List<String> acceptedDocuments() throws IOException {
        Path folder = Files.createTempDirectory("accepted");
        try {
            return acceptedDocuments(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<String> acceptedDocuments(Path folder) throws IOException {
        List<String> documents = FormatExamplesTest.examples(folder).stream()
                .filter(FormatExamplesTest.Example::isAccepted)
                .map(FormatExamplesTest.Example::wrapped)
                .toList();
        if (documents.size() < 3) {
            throw new AssertionError("hardly any example is accepted: " + documents.size());
        }
        return documents;
    }

    /** raw_orders and raw_items feed fct_orders, which feeds mrt_sales; dim_day stands alone. */
    public static Project chain(Path folder) {
        return ProjectFolder.in(folder)
                .with("raw/raw.yml", raw("raw_orders") + "---\n" + raw("raw_items"))
                .with("marts/orders.yml", reads("fct_orders", "raw_orders", "raw_items"))
                .with("marts/sales.yml", reads("mrt_sales", "fct_orders", "fct_orders"))
                .with("day.yml", raw("dim_day"))
                .project();
    }

    private static String raw(String name) {
        return """
                pipeline:
                  name: %1$s
                  extract: {connection: landing, path: %1$s.csv}
                  load: {connection: warehouse, table: %1$s, strategy: truncate-reload}
                """.formatted(name);
    }

    private static String reads(String name, String extracted, String joined) {
        return """
                pipeline:
                  name: %1$s
                  tags: [mart]
                  extract: {connection: warehouse, table: %2$s}
                  transform:
                    stages:
                      - name: enrich
                        operations:
                          - sql: "select * from {{ input }} join %3$s using (id)"
                  load: {connection: warehouse, table: %1$s, strategy: truncate-reload}
                """.formatted(name, extracted, joined);
    }
}
