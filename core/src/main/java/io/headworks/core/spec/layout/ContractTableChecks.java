package io.headworks.core.spec.layout;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts checks before all others of a contract's table into its file; every other character stays where it is. */
public final class ContractTableChecks {
    private final String file;
    private final List<String> lines;
    private final Node.Mapping contract;

    private ContractTableChecks(String file, List<String> lines, Node.Mapping contract) {
        this.file = file;
        this.lines = lines;
        this.contract = contract;
    }

    /**
     * A check to put in.
     *
     * @param reason becomes a comment above it
     * @param yaml in one line
     */
    public record Item(String reason, String yaml) {}

    /**
     * The file's new text.
     *
     * @param name of the contract, which this file defines
     * @throws HeadworksException of kind PROJECT when the file is written in a way that this cannot edit
     */
    public static String in(String file, String text, String name, List<Item> items) {
        YamlReader.Documents read = YamlReader.read(file, text.getBytes(StandardCharsets.UTF_8));
        for (Node document : read.nodes()) {
            if (document instanceof Node.Mapping map
                    && map.get("contract") instanceof Node.Mapping contract
                    && contract.get("name") instanceof Node.Scalar called
                    && called.text().equals(name)) {
                List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
                return new ContractTableChecks(file, lines, contract).with(items);
            }
        }
        throw refused(file, "contract " + name + " is not written out in it");
    }

    private static HeadworksException refused(String file, String why) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot put checks into " + file + ": " + why,
                "write its checks below each other, each on a line of its own that begins with a dash");
    }

    private String with(List<Item> items) {
        Node.Entry checks = contract.entry("checks");
        if (checks == null) {
            newList(items);
        } else if (checks.value() instanceof Node.Sequence list && !list.items().isEmpty()) {
            beforeFirst(checks.key(), list.items().get(0), items);
        } else {
            throw refused(file, "its checks are no list");
        }
        return String.join("\n", lines);
    }

    /** Before the columns, above the comments that belong to them. */
    private void newList(List<Item> items) {
        Node.Entry schema = contract.entry("schema");
        if (schema == null || !startsLine(schema.key())) {
            throw refused(file, "its schema does not begin a line");
        }
        int at = schema.key().line() - 1;
        while (at > 0 && lines.get(at - 1).strip().startsWith("#")) {
            at--;
        }
        String indent = " ".repeat(schema.key().column() - 1);
        List<String> added = new ArrayList<>(List.of(indent + "checks:"));
        added.addAll(block(indent + "  ", items));
        lines.addAll(at, added);
    }

    /** Right below the key: comments above the first check stay with it. */
    private void beforeFirst(Node.Scalar key, Node first, List<Item> items) {
        String line = lines.get(first.line() - 1);
        String before = line.substring(0, line.offsetByCodePoints(0, first.column() - 1));
        if (!before.strip().equals("-") || !startsLine(key)) {
            throw refused(file, "its checks are written on one line");
        }
        lines.addAll(key.line(), block(" ".repeat(before.indexOf('-')), items));
    }

    private boolean startsLine(Node.Scalar key) {
        return lines.get(key.line() - 1).substring(0, key.column() - 1).isBlank();
    }

    private static List<String> block(String indent, List<Item> items) {
        List<String> block = new ArrayList<>();
        for (Item item : items) {
            block.add(indent + "# " + item.reason());
            block.add(indent + "- " + item.yaml());
        }
        return block;
    }
}
