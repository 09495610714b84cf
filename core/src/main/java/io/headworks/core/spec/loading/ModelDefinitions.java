package io.headworks.core.spec.loading;

import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.yaml.Merge;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.Source;
import io.headworks.core.spec.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a definition of each model file: the project's defaults, those of its folders from the outermost in, what is
 * written under its name, the head of the file itself; each over those before.
 */
final class ModelDefinitions {
    /** Of a pipeline with a source, and so not for models. */
    private static final Set<String> OF_SOURCES = Set.of("extract", "transform", "name");

    private static final Set<String> OF_THE_FILE = Set.of("name", "model");

    private final List<String> files;
    private final Documents documents;
    private final List<ModelSettings> settings;
    private final Node.@Nullable Mapping projectDefaults;
    private final ProjectFiles contents;
    private final Problems problems;

    ModelDefinitions(
            List<String> files,
            Documents documents,
            Node.@Nullable Mapping projectDefaults,
            ProjectFiles contents,
            Problems problems) {
        this.files = files;
        this.documents = documents;
        this.settings = documents.models().stream()
                .sorted(Comparator.comparingInt((ModelSettings each) ->
                                ModelFiles.folderOf(each.file()).length())
                        .thenComparing(ModelSettings::file))
                .toList();
        this.projectDefaults = projectDefaults;
        this.contents = contents;
        this.problems = problems;
    }

    /** A definition per file, in order. */
    List<Node> all() {
        settings.forEach(this::refuseStrangers);
        return files.stream().map(this::definition).toList();
    }

    private Node definition(String file) {
        String text = contents.read(file).text();
        Source source = new Source(file, text == null ? "" : text);
        String name = ModelFiles.modelIn(file);
        Node.Mapping definition = mapping(source, List.of());
        if (projectDefaults != null) {
            definition = Merge.over(definition, without(projectDefaults, OF_SOURCES));
        }
        List<Node.Mapping> above = new ArrayList<>(documents.defaultsOf(file));
        Collections.reverse(above);
        for (Node.Mapping each : above) {
            definition = Merge.over(definition, without(each, OF_SOURCES));
        }
        for (ModelSettings each : settings) {
            if (each.reaches(file) && each.defaults() != null) {
                definition = Merge.over(definition, each.defaults());
            }
        }
        Node.Mapping own = own(name, file);
        definition = own == null ? definition : Merge.over(definition, own);
        Node.Mapping head = head(file, source.text());
        definition = head == null ? definition : Merge.over(definition, head);
        return completed(definition, source, name);
    }

    /** What is written under its name; twice is once too often. */
    private Node.@Nullable Mapping own(String name, String file) {
        Node.Mapping own = null;
        for (ModelSettings each : settings) {
            Node.Mapping models = each.reaches(file) ? each.models() : null;
            Node found = models == null ? null : models.get(name);
            if (found instanceof Node.Mapping written) {
                if (own != null) {
                    problems.error(
                            written.place(),
                            "duplicate-name",
                            "Cannot use settings of model '" + name + "' twice: also " + own.place(),
                            null);
                }
                own = written;
            }
        }
        return own;
    }

    private Node.@Nullable Mapping head(String file, String text) {
        YamlReader.Documents header = ModelHeader.of(file, text);
        problems.addAll(header.problems());
        Node.Mapping head = null;
        for (Node each : header.nodes()) {
            if (each instanceof Node.Mapping map && head == null) {
                refuseOfTheFile(map);
                head = map;
            } else if (!each.isNull()) {
                problems.error(
                        each.place(),
                        "wrong-type",
                        "Cannot use the head of " + file + ": it is " + each.kind() + " (allowed: one map of settings)",
                        null);
            }
        }
        return head;
    }

    private static Node.Mapping completed(Node.Mapping definition, Source source, String name) {
        List<Node.Entry> entries = new ArrayList<>();
        entries.add(entry(source, "name", name));
        entries.add(entry(source, "model", source.file()));
        definition.entries().stream()
                .filter(entry ->
                        !OF_THE_FILE.contains(entry.name()) && !entry.name().equals("load"))
                .forEach(entries::add);
        Node load = definition.get("load");
        Node.Mapping table = mapping(source, List.of(entry(source, "table", name)));
        if (load == null || load instanceof Node.Mapping) {
            Node.Mapping into = load instanceof Node.Mapping written ? Merge.over(table, written) : table;
            entries.add(new Node.Entry(scalar(source, "load"), into));
        } else {
            entries.add(new Node.Entry(scalar(source, "load"), load));
        }
        return mapping(source, entries);
    }

    private void refuseStrangers(ModelSettings each) {
        if (each.defaults() != null) {
            refuseOfTheFile(each.defaults());
        }
        if (each.models() == null) {
            return;
        }
        List<String> names =
                files.stream().filter(each::reaches).map(ModelFiles::modelIn).toList();
        for (Node.Entry entry : each.models().entries()) {
            if (entry.value() instanceof Node.Mapping map) {
                refuseOfTheFile(map);
            } else if (!entry.value().isNull()) {
                problems.error(
                        entry.value().place(),
                        "wrong-type",
                        "Cannot use models." + entry.name() + ": it is "
                                + entry.value().kind() + " (allowed: a map of settings)",
                        null);
            }
            if (!names.contains(entry.name())) {
                String nearest = Nearest.to(entry.name(), names);
                problems.error(
                        entry.key().place(),
                        "unknown-model",
                        "Cannot use settings of model '" + entry.name() + "': there is no " + entry.name() + ".sql in "
                                + ModelFiles.folderOf(each.file()) + " or below",
                        nearest == null ? null : "did you mean '" + nearest + "'?");
            }
        }
    }

    private void refuseOfTheFile(Node.Mapping settingsOfModels) {
        for (String key : List.of("name", "model")) {
            Node.Entry entry = settingsOfModels.entry(key);
            if (entry != null) {
                problems.error(
                        entry.key().place(),
                        "unknown-key",
                        "Cannot use key '" + key + "' in model: its name and its SELECT are the file's",
                        "rename the file, or name the table: load: {table: …}");
            }
        }
    }

    private static Node.Mapping without(Node.Mapping map, Set<String> keys) {
        return new Node.Mapping(
                map.source(),
                map.line(),
                map.column(),
                map.entries().stream()
                        .filter(entry -> !keys.contains(entry.name()))
                        .toList());
    }

    private static Node.Mapping mapping(Source source, List<Node.Entry> entries) {
        return new Node.Mapping(source, 1, 1, entries);
    }

    private static Node.Entry entry(Source source, String key, String value) {
        return new Node.Entry(scalar(source, key), scalar(source, value));
    }

    private static Node.Scalar scalar(Source source, String text) {
        return new Node.Scalar(source, 1, 1, 0, 0, text, Node.Scalar.Style.PLAIN);
    }
}
