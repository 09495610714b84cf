package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.dbt.DbtFolder.DbtFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What YAML files beside models, seeds and snapshots say of them. */
final class DbtProperties {
    private static final Set<String> DESCRIBED = Set.of("models", "seeds", "snapshots");
    private static final Set<String> WITHOUT_MEANING = Set.of("version", "macros", "anchors");

    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final List<Property> sources = new ArrayList<>();
    private final List<Finding> findings;

    /** A value and the file that it stands in. */
    record Property(String file, Written value) {
        static final Property NONE = new Property("", Written.NOTHING);
    }

    DbtProperties(DbtFolder project, List<Finding> findings) {
        this.findings = findings;
        for (String kind : List.of("model", "seed", "snapshot")) {
            for (DbtFile file : project.files(kind, ".yml", ".yaml")) {
                Written.in(file.path(), file.name(), findings).forEach(document -> take(file.name(), document));
            }
        }
    }

    /** @param kind {@code models}, {@code seeds} or {@code snapshots} */
    Property of(String kind, String name) {
        return properties.getOrDefault(kind + " " + name, Property.NONE);
    }

    List<Property> sources() {
        return sources;
    }

    /** Snapshots that are defined in YAML alone. */
    List<Property> snapshots() {
        return properties.entrySet().stream()
                .filter(each -> each.getKey().startsWith("snapshots ")
                        && each.getValue().value().at("relation").isThere())
                .map(Map.Entry::getValue)
                .toList();
    }

    private void take(String file, Written document) {
        document.entries().forEach((kind, list) -> {
            if (DESCRIBED.contains(kind)) {
                list.items().forEach(item -> property(kind, file, item));
            } else if (kind.equals("sources")) {
                list.items().forEach(item -> sources.add(new Property(file, item)));
            } else if (!WITHOUT_MEANING.contains(kind)) {
                for (Written item : list.items()) {
                    findings.add(Finding.leftOut(
                            kind + " " + item.at("name").text(""),
                            file,
                            item.line(),
                            "there is nothing like it in a project of ours"));
                }
            }
        });
        describedColumns(file, document);
    }

    private void property(String kind, String file, Written item) {
        String name = item.at("name").text();
        if (name == null) {
            findings.add(Finding.leftOut(kind, file, item.line(), "it has no name"));
        } else if (properties.putIfAbsent(kind + " " + name, new Property(file, item)) != null) {
            findings.add(Finding.leftOut(kind + " " + name, file, item.line(), "it is described twice"));
        } else if (item.at("versions").isThere()) {
            findings.add(Finding.leftOut(
                    kind + " " + name, file, item.lineOf("versions"), "versions of a model are not imported"));
        }
    }

    private void describedColumns(String file, Written document) {
        long described = document.entries().values().stream()
                .flatMap(list -> list.items().stream())
                .flatMap(item -> item.at("columns").items().stream())
                .filter(column -> column.at("description").isThere())
                .count();
        if (described > 0) {
            findings.add(Finding.differs(
                    "descriptions of columns", file, 0, described + " are not taken over: columns have none here yet"));
        }
    }
}
