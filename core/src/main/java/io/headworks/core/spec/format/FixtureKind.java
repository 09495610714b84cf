package io.headworks.core.spec.format;

import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of a test: a list of maps, the path of a CSV file, or a SELECT (or the path of one). */
final class FixtureKind implements Kind<Fixture> {
    static final FixtureKind ROWS = new FixtureKind();

    private static final Kind<Map<String, Cell>> ROW = MapKind.of("column", CellKind.VALUE);
    private static final String ALLOWED =
            "a list of rows, the path of a .csv file with a header, or a SELECT or the path of a .sql file";

    private FixtureKind() {}

    @Override
    public @Nullable Fixture read(Node node, Reading in) {
        if (node instanceof Node.Sequence list) {
            return rows(list, in);
        }
        String text = in.text(node, ALLOWED);
        if (text == null) {
            return null;
        }
        if (text.strip().endsWith(".csv")) {
            return csv(text.strip(), node, in);
        }
        SqlBody body = SqlBodyKind.SELECT.read(node, in);
        return body == null ? null : new Fixture.Query(body.text(), body.file());
    }

    private static @Nullable Fixture rows(Node.Sequence list, Reading in) {
        List<Map<String, Cell>> rows = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Map<String, Cell> row = in.part("[" + i + "]", ROW, list.items().get(i));
            if (row != null) {
                rows.add(row);
            }
        }
        return rows.size() < list.items().size() ? null : table(rows);
    }

    /** A column that a row does not name is NULL in it. */
    private static Fixture table(List<Map<String, Cell>> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.keySet()));
        List<String> columns = List.copyOf(names);
        List<List<Cell>> cells = rows.stream()
                .map(row -> columns.stream()
                        .map(column -> row.getOrDefault(column, Cell.NULL))
                        .toList())
                .toList();
        return new Fixture.Rows(columns, cells, null);
    }

    private static @Nullable Fixture csv(String path, Node node, Reading in) {
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
        List<CsvRows.Row> lines = CsvRows.read(text);
        if (lines.isEmpty()) {
            in.refuse(node, "invalid-file", "file '" + path + "' has no header", "write the columns in its first line");
            return null;
        }
        List<String> header = lines.get(0).cells();
        List<CsvRows.Row> rows = lines.subList(1, lines.size());
        boolean whole = isHeader(header, path, node, in);
        for (CsvRows.Row row : rows) {
            if (row.cells().size() != header.size()) {
                in.refuse(
                        node,
                        "invalid-file",
                        "line " + row.line() + " of '" + path + "' has "
                                + row.cells().size() + " cells (the header has " + header.size() + ")",
                        null);
                whole = false;
            }
        }
        return whole
                ? new Fixture.Rows(header, rows.stream().map(FixtureKind::cells).toList(), path)
                : null;
    }

    private static boolean isHeader(List<String> header, String path, Node node, Reading in) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        header.forEach(name -> seen.merge(name, 1, Integer::sum));
        boolean valid = true;
        for (Map.Entry<String, Integer> column : seen.entrySet()) {
            if (column.getKey().isBlank() || column.getValue() > 1) {
                in.refuse(
                        node,
                        "invalid-file",
                        "the header of '" + path + "' has "
                                + (column.getKey().isBlank()
                                        ? "a column without a name"
                                        : "column '" + column.getKey() + "' twice"),
                        null);
                valid = false;
            }
        }
        return valid;
    }

    /** Nothing between two commas is NULL; {@code ""} is a text without characters. */
    private static List<Cell> cells(CsvRows.Row row) {
        return IntStream.range(0, row.cells().size())
                .mapToObj(i -> {
                    String text = row.cells().get(i);
                    boolean quoted = row.isQuoted(i);
                    return text.isEmpty() && !quoted
                            ? Cell.NULL
                            : new Cell(text, text.isEmpty() ? Cell.Form.QUOTED : Cell.Form.PLAIN);
                })
                .toList();
    }

    @Override
    public String label() {
        return "rows, CSV file or SELECT";
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return Map.of(
                "anyOf", List.of(Map.of("type", "string"), Map.of("type", "array", "items", Map.of("type", "object"))));
    }
}
