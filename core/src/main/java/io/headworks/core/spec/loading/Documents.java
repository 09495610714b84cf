package io.headworks.core.spec.loading;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.DocumentFormat;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of all documents, sorted by what they are. */
final class Documents {
    private final Map<String, Node> head = new LinkedHashMap<>();
    private final List<Node> pipelines = new ArrayList<>();
    private final List<Node> checks = new ArrayList<>();
    private final Problems problems;
    private final Reading in;
    private final DocumentFormat format;

    Documents(DocumentFormat format, ProjectFiles files, Placeholders placeholders, Problems problems) {
        this.format = format;
        this.problems = problems;
        this.in = new Reading(problems, placeholders, Known.NOTHING, files);
    }

    Map<String, Node> head() {
        return head;
    }

    List<Node> pipelines() {
        return pipelines;
    }

    List<Node> checks() {
        return checks;
    }

    void add(FolderFiles.YamlFile file) {
        problems.addAll(file.documents().problems());
        for (Node document : file.documents().nodes()) {
            if (document.isNull()) {
                continue;
            }
            format.kind().read(document, in);
            if (document instanceof Node.Mapping map) {
                boolean ofModels = map.get("models") != null;
                map.entries().stream()
                        .filter(entry -> !ofModels || !entry.name().equals("defaults"))
                        .forEach(entry -> sort(file.name(), entry));
            }
        }
    }

    private void sort(String file, Node.Entry entry) {
        switch (entry.name()) {
            case "pipeline" -> pipelines.add(entry.value());
            case "checks" -> checks.add(entry.value());
            default -> {
                if (DocumentFormat.OF_PROJECT.contains(entry.name())) {
                    headPart(file, entry);
                }
            }
        }
    }

    private void headPart(String file, Node.Entry entry) {
        Place place = entry.key().place();
        if (!file.equals(HeadReader.FILE)) {
            problems.error(
                    place,
                    "misplaced-key",
                    "Cannot use key '" + entry.name() + "' in " + file + ": it belongs in " + HeadReader.FILE,
                    null);
        } else if (head.putIfAbsent(entry.name(), entry.value()) != null) {
            problems.error(
                    place,
                    "duplicate-key",
                    "Cannot use key '" + entry.name() + "' twice: another document has it",
                    null);
        }
    }
}
