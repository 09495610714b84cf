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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of all documents, sorted by what they are. */
final class Documents {
    /** A file of this name says what holds for its folder and those below. */
    private static final String OF_FOLDER = "defaults.yml";

    private final Map<String, Node> head = new LinkedHashMap<>();
    private final List<Node> pipelines = new ArrayList<>();
    private final List<Node> checks = new ArrayList<>();
    private final List<Node> tests = new ArrayList<>();
    private final List<Node> contracts = new ArrayList<>();
    private final List<Node> published = new ArrayList<>();
    private final List<Node> notices = new ArrayList<>();
    private final Map<String, Node.Mapping> defaults = new TreeMap<>();
    private final List<ModelSettings> models = new ArrayList<>();
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

    List<Node> tests() {
        return tests;
    }

    List<Node> contracts() {
        return contracts;
    }

    List<Node> published() {
        return published;
    }

    List<Node> notices() {
        return notices;
    }

    /** Defaults that hold for a file beside the project's: its own, its folder's, and those of the folders above, in this order. */
    List<Node.Mapping> defaultsOf(String file) {
        List<Node.Mapping> found = new ArrayList<>();
        add(defaults.get(file), found);
        for (int slash = file.lastIndexOf('/'); slash >= 0; slash = file.lastIndexOf('/', slash - 1)) {
            String above = file.substring(0, slash + 1) + OF_FOLDER;
            if (!above.equals(file)) {
                add(defaults.get(above), found);
            }
        }
        return found;
    }

    private static void add(Node.@Nullable Mapping defaults, List<Node.Mapping> found) {
        if (defaults != null) {
            found.add(defaults);
        }
    }

    List<ModelSettings> models() {
        return models;
    }

    void add(FolderFiles.YamlFile file) {
        problems.addAll(file.documents().problems());
        for (Node document : file.documents().nodes()) {
            if (document.isNull()) {
                continue;
            }
            format.kind().read(document, in);
            if (document instanceof Node.Mapping map) {
                boolean ofModels = ModelFiles.holds(file.name());
                if (ofModels && (map.get("models") != null || map.get("defaults") != null)) {
                    models.add(new ModelSettings(file.name(), part(map, "defaults"), part(map, "models")));
                }
                map.entries().stream()
                        .filter(entry -> !ofModels || !entry.name().equals("defaults"))
                        .forEach(entry -> sort(file.name(), entry));
            }
        }
    }

    private Node.@Nullable Mapping part(Node.Mapping document, String key) {
        Node node = document.get(key);
        if (node == null || node.isNull() || node instanceof Node.Mapping) {
            return node instanceof Node.Mapping map ? map : null;
        }
        problems.error(
                node.place(), "wrong-type", "Cannot use " + key + ": it is " + node.kind() + " (allowed: a map)", null);
        return null;
    }

    private void sort(String file, Node.Entry entry) {
        switch (entry.name()) {
            case "pipeline" -> pipelines.add(entry.value());
            case "checks" -> checks.add(entry.value());
            case "tests" -> tests.add(entry.value());
            case "contract" -> contracts.add(entry.value());
            case "published_contract" -> published.add(entry.value());
            case "contract_notice" -> notices.add(entry.value());
            case "defaults" -> {
                if (file.equals(HeadReader.FILE)) {
                    headPart(file, entry);
                } else {
                    defaults(file, entry);
                }
            }
            case "models" -> modelsPart(file, entry);
            default -> {
                if (DocumentFormat.OF_PROJECT.contains(entry.name())) {
                    headPart(file, entry);
                }
            }
        }
    }

    /** Of a file, or of the folder it stands in when it is called so. */
    private void defaults(String file, Node.Entry entry) {
        if (!(entry.value() instanceof Node.Mapping map)) {
            problems.error(
                    entry.value().place(),
                    "wrong-type",
                    "Cannot use defaults: it is " + entry.value().kind() + " (allowed: a map)",
                    null);
        } else if (defaults.putIfAbsent(file, map) != null) {
            problems.error(
                    entry.key().place(),
                    "duplicate-key",
                    "Cannot use key 'defaults' twice: another document of this file has it",
                    null);
        }
    }

    private void modelsPart(String file, Node.Entry entry) {
        if (!ModelFiles.holds(file)) {
            problems.error(
                    entry.key().place(),
                    "misplaced-key",
                    "Cannot use key 'models' in " + file + ": it belongs in a file below models/, beside the SQL",
                    null);
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
