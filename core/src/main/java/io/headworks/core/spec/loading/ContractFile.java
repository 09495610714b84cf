package io.headworks.core.spec.loading;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.descriptor.Known;
import io.headworks.core.spec.descriptor.Placeholders;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.format.ContractFormat;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Contracts of a file that stands apart from a project: whether its connections and datasets exist is not asked. */
public final class ContractFile {
    private ContractFile() {}

    /**
     * The contracts of a file, published ones too.
     *
     * @throws HeadworksException of kind PROJECT when it cannot be read or holds none
     */
    public static List<Contract> read(Path path) {
        YamlReader.Documents documents = documents(path);
        Problems problems = new Problems();
        problems.addAll(documents.problems());
        List<Contract> contracts = new ArrayList<>();
        for (Node document : documents.nodes()) {
            for (String key : List.of("contract", "published_contract")) {
                Node node = document instanceof Node.Mapping map ? map.get(key) : null;
                ContractFormat.Draft draft =
                        node == null ? null : reading(path, node, problems).part(key, ContractFormat.KIND, node);
                if (draft != null) {
                    contracts.add(draft.contract());
                }
            }
        }
        if (problems.hasErrors() || contracts.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read a contract of " + path + ": "
                            + problems.sorted().stream()
                                    .filter(Problem::isError)
                                    .findFirst()
                                    .map(Problem::toString)
                                    .orElse("no document begins with contract"),
                    "write it as docs/contracts.md shows");
        }
        return contracts;
    }

    private static YamlReader.Documents documents(Path path) {
        try {
            return YamlReader.read(path.toString().replace('\\', '/'), Files.readAllBytes(path));
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + path + ": " + IoReason.of(unreadable),
                    "name a file, or a contract of the project",
                    unreadable);
        }
    }

    private static Reading reading(Path path, Node node, Problems problems) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        Path root = folder == null ? path.toAbsolutePath() : folder;
        Set<String> words = new LinkedHashSet<>();
        words(node, words);
        List<String> names = List.copyOf(words);
        return new Reading(
                problems,
                new Placeholders(root, System::getenv),
                new Known(names, names, List.of(), names, names),
                new ProjectFiles(root));
    }

    /** Whatever may be the name of a connection or channel. */
    private static void words(Node node, Set<String> words) {
        if (node instanceof Node.Mapping map) {
            map.entries().forEach(entry -> words(entry.value(), words));
        } else if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> words(item, words));
        } else if (node instanceof Node.Scalar scalar) {
            words.add(scalar.text());
            int colon = scalar.text().indexOf(':');
            if (colon > 0) {
                words.add(scalar.text().substring(0, colon));
            }
        }
    }
}
