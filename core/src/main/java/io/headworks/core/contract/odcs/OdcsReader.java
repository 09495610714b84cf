package io.headworks.core.contract.odcs;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.PlainTree;
import io.headworks.core.spec.yaml.YamlReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and validates a document of the standard. */
public final class OdcsReader {
    private OdcsReader() {}

    /**
     * What was read.
     *
     * @param tree null when it has errors
     */
    public record Read(@Nullable Map<String, @Nullable Object> tree, List<Problem> problems) {}

    /** @param file names it in problems */
    public static Read read(String file, byte[] bytes) {
        YamlReader.Documents documents = YamlReader.read(file, bytes);
        Problems problems = new Problems();
        problems.addAll(documents.problems());
        if (documents.nodes().size() != 1 && !problems.hasErrors()) {
            problems.error(
                    Place.of(file),
                    "wrong-type",
                    "Cannot read " + file + ": it has " + documents.nodes().size() + " documents (allowed: one)",
                    null);
        }
        Path nowhere = Path.of("").toAbsolutePath();
        Reading in = new Reading(
                problems, new Placeholders(nowhere, name -> null).unfilled(), Known.NOTHING, new ProjectFiles(nowhere));
        Map<String, @Nullable Object> tree = null;
        if (!problems.hasErrors()) {
            Node document = documents.nodes().get(0);
            OdcsFormat.DOCUMENT.read(document, in);
            if (document instanceof Node.Mapping map) {
                names(map.get("schema"), "schema", problems);
                tree = PlainTree.of(map);
            }
        }
        return new Read(problems.hasErrors() ? null : tree, problems.sorted());
    }

    /** Names of one list are distinct: columns are found by them. */
    private static void names(@Nullable Node list, String path, Problems problems) {
        if (!(list instanceof Node.Sequence items)) {
            return;
        }
        Map<String, Node> seen = new HashMap<>();
        for (Node item : items.items()) {
            if (item instanceof Node.Mapping map && map.get("name") instanceof Node.Scalar name) {
                Node earlier = seen.putIfAbsent(name.text(), name);
                if (earlier != null) {
                    problems.error(
                            name.place(),
                            "duplicate-name",
                            "Cannot use " + path + ".name: '" + name.text() + "' stands twice, first on line "
                                    + earlier.line(),
                            "give it another name");
                }
                names(map.get("properties"), path + "." + name.text() + ".properties", problems);
            }
        }
    }
}
