package io.headworks.core.editor;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.loading.FolderFiles;
import io.headworks.core.spec.loading.ModelFiles;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names that a project has, found also while it has errors: read from the files alone, each as far as it can be read. */
final class ProjectNames {
    private final List<Named> all = new ArrayList<>();

    private ProjectNames() {}

    /** @param unsaved texts that an editor has and the disk has not, by path relative to the project */
    static ProjectNames of(Path folder, Map<String, String> unsaved) throws IOException {
        ProjectNames names = new ProjectNames();
        for (Path path : new FolderFiles(folder).paths()) {
            String name = folder.relativize(path).toString().replace('\\', '/');
            String text = unsaved.get(name);
            byte[] bytes = text == null ? Files.readAllBytes(path) : text.getBytes(StandardCharsets.UTF_8);
            YamlReader.read(name, bytes).nodes().forEach(names::document);
        }
        for (String file : ModelFiles.below(folder)) {
            names.model(file);
        }
        return names;
    }

    List<Named> of(Named.Kind kind) {
        return all.stream().filter(each -> each.kind() == kind).toList();
    }

    /** By name, whatever the case; a dataset also without its connection or schema. */
    Optional<Named> find(Named.Kind kind, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String bare = wanted.substring(Math.max(wanted.lastIndexOf(':'), -1) + 1);
        List<Named> known = of(kind);
        return known.stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(bare))
                .findFirst()
                .or(() -> kind != Named.Kind.DATASET
                        ? Optional.empty()
                        : known.stream()
                                .filter(each ->
                                        each.name().toLowerCase(Locale.ROOT).endsWith("." + bare))
                                .findFirst());
    }

    private void document(Node document) {
        if (!(document instanceof Node.Mapping map)) {
            return;
        }
        entries(map.get("connections"), Named.Kind.CONNECTION);
        entries(map.get("variables"), Named.Kind.VARIABLE);
        entries(map.get("alert_channels"), Named.Kind.ALERT_CHANNEL);
        if (map.get("external") instanceof Node.Sequence list) {
            list.items().forEach(each -> dataset(text(each), each.place(), "From outside the project.", List.of()));
        }
        if (map.get("pipeline") instanceof Node.Mapping pipeline) {
            pipeline(pipeline);
        }
    }

    private void entries(@Nullable Node node, Named.Kind kind) {
        if (!(node instanceof Node.Mapping map)) {
            return;
        }
        for (Node.Entry entry : map.entries()) {
            String type = entry.value() instanceof Node.Mapping of ? text(of.get("type")) : "";
            String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            all.add(new Named(
                    kind,
                    entry.name(),
                    entry.key().place(),
                    "**" + entry.name() + "**: " + what + (type.isEmpty() ? "" : " of type " + type),
                    List.of()));
        }
    }

    private void pipeline(Node.Mapping pipeline) {
        Node.Entry entry = pipeline.entry("name");
        String name = entry == null ? "" : text(entry.value());
        if (entry == null || name.isEmpty()) {
            return;
        }
        String description = text(pipeline.get("description"));
        List<String> columns =
                pipeline.get("extract") instanceof Node.Mapping extract ? columns(extract.get("columns")) : List.of();
        Place place = entry.value().place();
        String table = pipeline.get("load") instanceof Node.Mapping load ? text(load.get("table")) : "";
        String summary = "**" + name + "**: pipeline" + (table.isEmpty() ? "" : ", writes " + table)
                + (description.isEmpty() ? "" : "\n\n" + description);
        all.add(new Named(Named.Kind.PIPELINE, name, place, summary, columns));
        if (!table.isEmpty() && !table.contains("${")) {
            dataset(
                    table,
                    place,
                    "Written by pipeline " + name + "." + (description.isEmpty() ? "" : "\n\n" + description),
                    columns);
        }
    }

    private void model(String file) {
        String name = ModelFiles.modelIn(file);
        Place place = new Place(file, 1, 1);
        all.add(new Named(Named.Kind.PIPELINE, name, place, "**" + name + "**: SQL model, " + file, List.of()));
        dataset(name, place, "Written by the SQL model " + file + ".", List.of());
    }

    private void dataset(String name, Place place, String summary, List<String> columns) {
        if (!name.isEmpty()) {
            String known = columns.isEmpty() ? "" : "\n\nColumns: " + String.join(", ", columns);
            all.add(new Named(
                    Named.Kind.DATASET, name, place, "**" + name + "**: dataset. " + summary + known, columns));
        }
    }

    private static List<String> columns(@Nullable Node node) {
        if (node instanceof Node.Mapping map) {
            return map.entries().stream().map(Node.Entry::name).toList();
        } else if (node instanceof Node.Sequence list) {
            return list.items().stream()
                    .map(ProjectNames::text)
                    .filter(each -> !each.isEmpty())
                    .toList();
        }
        return List.of();
    }

    private static String text(@Nullable Node node) {
        return node instanceof Node.Scalar scalar && !scalar.isNull() ? scalar.text() : "";
    }
}
