package io.headworks.core.spec.format;

import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The path of a CSV file with the columns code and value, read in. */
final class CodesKind implements Kind<Map<String, String>> {
    private static final String ALLOWED = "the path of a CSV file with the columns code,value";

    @Override
    public @Nullable Map<String, String> read(Node node, Reading in) {
        String path = in.text(node, ALLOWED);
        if (path == null) {
            return null;
        }
        ProjectFiles.Content content = in.files().read(path);
        String text = content.text();
        if (text == null) {
            in.refuse(
                    node,
                    "missing-file",
                    "cannot read '" + path + "': " + content.failure() + " (allowed: " + ALLOWED + ")",
                    null);
            return null;
        }
        return codes(path, text, node, in);
    }

    private static @Nullable Map<String, String> codes(String path, String text, Node node, Reading in) {
        List<CsvRows.Row> rows = CsvRows.read(text);
        if (rows.isEmpty() || !rows.get(0).cells().equals(List.of("code", "value"))) {
            in.refuse(
                    node,
                    "invalid-file",
                    "file '" + path + "' has no header code,value",
                    "write code,value in its first line");
            return null;
        }
        Map<String, String> codes = new LinkedHashMap<>();
        boolean valid = true;
        for (CsvRows.Row row : rows.subList(1, rows.size())) {
            if (row.cells().size() != 2) {
                in.refuse(
                        node,
                        "invalid-file",
                        "line " + row.line() + " of '" + path + "' has "
                                + row.cells().size() + " cells (allowed: 2)",
                        null);
                valid = false;
            } else if (codes.putIfAbsent(row.cells().get(0), row.cells().get(1)) != null) {
                in.refuse(
                        node,
                        "invalid-file",
                        "code '" + row.cells().get(0) + "' stands twice in '" + path + "', again on line " + row.line(),
                        null);
                valid = false;
            }
        }
        return valid ? codes : null;
    }

    @Override
    public String label() {
        return "path";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of("type", "string");
    }
}
