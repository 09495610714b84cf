package io.headworks.core.imports;

import io.headworks.core.spec.yaml.Node;
import io.headworks.core.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a file of another tool, whose keys may be anything. */
public record Written(@Nullable Node node) {
    public static final Written NOTHING = new Written(null);

    /** The documents of a file; what cannot be read is a finding. */
    public static List<Written> in(Path file, String name, List<Finding> findings) {
        try {
            return in(Files.readAllBytes(file), name, findings);
        } catch (IOException unreadable) {
            findings.add(Finding.leftOut("file", name, 0, "it cannot be read"));
            return List.of();
        }
    }

    /** The documents of a text. */
    public static List<Written> in(byte[] text, String name, List<Finding> findings) {
        YamlReader.Documents documents = YamlReader.read(name, text);
        documents
                .problems()
                .forEach(problem -> findings.add(Finding.leftOut("file", name, problem.line(), problem.message())));
        return documents.nodes().stream().map(Written::new).toList();
    }

    public boolean isThere() {
        return node != null && !node.isNull();
    }

    public int line() {
        return node == null ? 0 : node.line();
    }

    public Written at(String key) {
        return node instanceof Node.Mapping map ? new Written(map.get(key)) : NOTHING;
    }

    /** The text of a single value; null for anything else. */
    public @Nullable String text() {
        return node instanceof Node.Scalar scalar && !scalar.isNull() ? scalar.text() : null;
    }

    public String text(String otherwise) {
        String text = text();
        return text == null ? otherwise : text;
    }

    public boolean isMap() {
        return node instanceof Node.Mapping;
    }

    public boolean isList() {
        return node instanceof Node.Sequence;
    }

    /** The items of a list; a single value is a list of one. */
    public List<Written> items() {
        if (node instanceof Node.Sequence list) {
            return list.items().stream().map(Written::new).toList();
        }
        return isThere() ? List.of(this) : List.of();
    }

    /** The texts of a list, or of a single value. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Written item : items()) {
            String text = item.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The entries of a map, in order; of anything else, none. */
    public Map<String, Written> entries() {
        Map<String, Written> entries = new LinkedHashMap<>();
        if (node instanceof Node.Mapping map) {
            map.entries().forEach(entry -> entries.put(entry.name(), new Written(entry.value())));
        }
        return Collections.unmodifiableMap(entries);
    }

    /** Where a key is written. */
    public int lineOf(String key) {
        Node.Entry entry = node instanceof Node.Mapping map ? map.entry(key) : null;
        return entry == null ? line() : entry.key().line();
    }
}
