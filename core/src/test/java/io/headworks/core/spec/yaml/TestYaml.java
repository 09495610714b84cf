package io.headworks.core.spec.yaml;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** YAML as an editor sees it: plain numbers and booleans are numbers and booleans. */
public final class TestYaml {
    private TestYaml() {}

    /** The values of the first document. */
    public static @Nullable Object values(String yaml) {
        return value(node(yaml));
    }

    public static Node node(String yaml) {
        YamlReader.Documents documents = YamlReader.read("a.yml", yaml.getBytes(StandardCharsets.UTF_8));
        if (!documents.problems().isEmpty()) {
            throw new IllegalArgumentException(documents.problems().toString() + "\n" + yaml);
        }
        return documents.nodes().get(0);
    }

    private static @Nullable Object value(Node node) {
        if (node instanceof Node.Mapping map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.entries().forEach(entry -> values.put(entry.name(), value(entry.value())));
            return values;
        } else if (node instanceof Node.Sequence list) {
            return list.items().stream().map(TestYaml::value).toList();
        }
        return scalar((Node.Scalar) node);
    }

    private static @Nullable Object scalar(Node.Scalar scalar) {
        String text = scalar.text();
        if (scalar.style() != Node.Scalar.Style.PLAIN) {
            return text;
        } else if (scalar.isNull()) {
            return null;
        } else if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        } else if (text.matches("-?\\d{1,18}")) {
            return Long.parseLong(text);
        }
        return text.matches("-?\\d+\\.\\d+") ? (Object) Double.parseDouble(text) : text;
    }
}
