package io.headworks.core.spec.reference;

import io.headworks.api.connection.Connector;
import io.headworks.core.spec.descriptor.Described;
import io.headworks.core.spec.descriptor.Glossary;
import io.headworks.core.spec.format.ConnectionTypes;
import io.headworks.core.spec.format.DocumentFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The reference documentation of project files, page by page. */
public final class ReferencePages {
    /** The first line of every page. */
    public static final String NOTE =
            "<!-- Written from the descriptors by ReferencePages; edit those, then rewrite this page. -->\n";

    private ReferencePages() {}

    /** Which page an object is described on: the first whose test it passes. */
    private record Page(String file, String title, Predicate<Described> holds) {}

    private static final List<Page> PAGES = List.of(
            new Page("connections.md", "Connections", object -> object.name().startsWith("connection ")),
            new Page(
                    "checks.md",
                    "Checks",
                    object -> object.name().startsWith("check") || object.name().equals("other table")),
            new Page("contracts.md", "Contracts", object -> object.name().startsWith("contract")),
            new Page("tests.md", "Tests", object -> object.name().startsWith("test")),
            new Page(
                    "transform.md",
                    "Transform",
                    new Names(
                            "transform",
                            "stage",
                            "operation",
                            "cast of a column",
                            "map_codes",
                            "other value",
                            "hash",
                            "dedupe",
                            "rollup",
                            "pivot",
                            "window",
                            "convert_currency",
                            "lookup",
                            "sql")),
            new Page(
                    "extract.md",
                    "Extract",
                    new Names("extract", "tables", "files", "file options", "slice", "source deletes")),
            new Page(
                    "load.md",
                    "Load",
                    new Names("load", "partition_key", "schema_changes", "max_change", "audit_columns")),
            new Page(
                    "pipeline.md",
                    "Pipeline",
                    new Names("pipeline", "schedule", "resources", "quality_gates", "error_handling")),
            new Page("models.md", "SQL models", new Names("model", "transform of a model")),
            new Page("project.md", "Project", object -> true));

    private record Names(Set<String> names) implements Predicate<Described> {
        Names(String... names) {
            this(Set.of(names));
        }

        @Override
        public boolean test(Described object) {
            return names.contains(object.name());
        }
    }

    /** File name to text, for {@code docs/reference}. */
    public static Map<String, String> markdown(List<Connector> connectors) {
        Glossary glossary = new Glossary();
        new DocumentFormat(new ConnectionTypes(connectors)).kind().describe(glossary);
        Map<String, List<Described>> byPage = new LinkedHashMap<>();
        PAGES.forEach(page -> byPage.put(page.file(), new ArrayList<>()));
        for (Described object : glossary.objects()) {
            Page home = PAGES.stream()
                    .filter(page -> page.holds().test(object))
                    .findFirst()
                    .orElseThrow();
            byPage.getOrDefault(home.file(), List.of()).add(object);
        }
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("README.md", index());
        PAGES.forEach(page -> pages.put(page.file(), page(page, byPage.getOrDefault(page.file(), List.of()))));
        pages.put("headworks.schema.json", ProjectFileSchema.json(connectors));
        return pages;
    }

    private static String index() {
        StringBuilder out = new StringBuilder(NOTE).append("# Reference of project files\n\n");
        out.append(
                "A file's kind is its top-level key; folders are free; `---` separates documents. Keys are snake_case, values kebab-case.\n\n");
        for (int i = PAGES.size() - 1; i >= 0; i--) {
            out.append("- [")
                    .append(PAGES.get(i).title())
                    .append("](")
                    .append(PAGES.get(i).file())
                    .append(")\n");
        }
        return out.append("- [JSON Schema](headworks.schema.json) for editors\n")
                .toString();
    }

    private static String page(Page page, List<Described> objects) {
        StringBuilder out =
                new StringBuilder(NOTE).append("# ").append(page.title()).append('\n');
        Set<String> shared = new HashSet<>();
        for (Described object : objects) {
            out.append(ObjectSection.of(object));
            Described.Shared common = object.shared();
            if (common != null && shared.add(common.title())) {
                out.append(ObjectSection.of(common));
            }
        }
        return out.toString();
    }
}
