package io.headworks.core.spec.layout;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.Place;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a stage before all others of a pipeline into its file; every other character stays where it is. */
public final class FirstStage {
    private final String file;
    private final List<String> lines;
    private final Node.Mapping pipeline;

    private FirstStage(String file, List<String> lines, Node.Mapping pipeline) {
        this.file = file;
        this.lines = lines;
        this.pipeline = pipeline;
    }

    /**
     * The file's new text.
     *
     * @param name of the pipeline, which this file defines
     * @param operations each as YAML in one line
     * @throws HeadworksException of kind PROJECT when the file is written in a way that this cannot edit
     */
    public static String in(String file, String text, String name, String stage, List<String> operations) {
        YamlReader.Documents read = YamlReader.read(file, text.getBytes(StandardCharsets.UTF_8));
        for (Node document : read.nodes()) {
            if (document instanceof Node.Mapping map
                    && map.get("pipeline") instanceof Node.Mapping pipeline
                    && pipeline.get("name") instanceof Node.Scalar called
                    && called.text().equals(name)) {
                List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
                return new FirstStage(file, lines, pipeline).with(stage, operations);
            }
        }
        throw refused(file, "pipeline " + name + " is not written out in it");
    }

    private static HeadworksException refused(String file, String why) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot put a stage into " + file + ": " + why + " (not yet)",
                "write it by hand, before all other stages");
    }

    private String with(String stage, List<String> operations) {
        if (pipeline.entry("transform") == null) {
            newTransform(stage, operations);
        } else if (pipeline.get("transform") instanceof Node.Mapping transform
                && transform.get("stages") instanceof Node.Sequence stages
                && !stages.items().isEmpty()) {
            beforeFirst(transform, stages, stage, operations);
        } else {
            throw refused(file, "its transform has no list of stages");
        }
        return String.join("\n", lines);
    }

    /** Before the load, above the comments that belong to it. */
    private void newTransform(String stage, List<String> operations) {
        Node.Entry load = pipeline.entry("load");
        if (load == null || !startsLine(load.key())) {
            throw refused(file, "its load does not begin a line");
        }
        int at = load.key().line() - 1;
        while (at > 0 && lines.get(at - 1).strip().startsWith("#")) {
            at--;
        }
        String indent = " ".repeat(load.key().column() - 1);
        List<String> added = new ArrayList<>(List.of(indent + "transform:", indent + "  stages:"));
        added.addAll(block(indent + "    ", stage, operations));
        lines.addAll(at, added);
    }

    private void beforeFirst(Node.Mapping transform, Node.Sequence stages, String stage, List<String> operations) {
        Node first = stages.items().get(0);
        String line = lines.get(first.line() - 1);
        String before = line.substring(0, line.offsetByCodePoints(0, first.column() - 1));
        if (before.strip().equals("-")) {
            int indent = before.indexOf('-');
            Node.Scalar key = key(transform);
            // right below the key: comments above the first stage stay with it
            lines.addAll(key.line(), block(" ".repeat(indent), stage, operations));
        } else if (before.stripTrailing().endsWith("[")) {
            String item = "{name: " + stage + ", operations: [{" + String.join("}, {", operations) + "}]}, ";
            lines.set(first.line() - 1, before + item + line.substring(before.length()));
        } else {
            throw refused(file, "its first stage is written in a way that cannot be told apart");
        }
    }

    private Node.Scalar key(Node.Mapping transform) {
        Node.@Nullable Entry stages = transform.entry("stages");
        if (stages == null || lines.get(stages.key().line() - 1).strip().startsWith("-")) {
            throw refused(file, "its stages do not begin a line");
        }
        return stages.key();
    }

    private boolean startsLine(Node.Scalar key) {
        Place place = key.place();
        return lines.get(place.line() - 1).substring(0, place.column() - 1).isBlank();
    }

    private static List<String> block(String indent, String stage, List<String> operations) {
        List<String> block = new ArrayList<>(List.of(indent + "- name: " + stage, indent + "  operations:"));
        operations.forEach(operation -> block.add(indent + "    - " + operation));
        return block;
    }
}
