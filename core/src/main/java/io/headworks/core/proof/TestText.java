package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Fixture;
import io.headworks.core.spec.Fixture.Cell;
import io.headworks.core.spec.LoadTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tests as text of a project file; every value as JSON, which YAML reads the same. */
final class TestText {
    private static final int LONGEST_ERROR = 160;

    private final StringBuilder out = new StringBuilder();

    TestText(String comment) {
        out.append("# ").append(comment).append("\ntests:\n");
    }

    String text() {
        return out.toString();
    }

    /**
     * Adds a test that expects what came of it.
     *
     * @param before files with rows of tables, by the table
     * @param table the pipeline's own
     * @param columns of the rows that are expected
     */
    void add(
            LoadTest test,
            Map<DatasetName, String> before,
            LoadTestRun.Outcome outcome,
            String table,
            List<String> columns) {
        line("  - name: " + Json.compact(test.name()));
        line("    pipeline: " + Json.compact(test.pipeline()));
        line("    now: " + test.now());
        line("    types:");
        test.types()
                .forEach((name, type) -> line("      " + Json.compact(name) + ": " + Json.compact(type.toString())));
        if (!test.primaryKey().isEmpty()) {
            line("    primary_key: " + Json.compact(test.primaryKey()));
        }
        if (!before.isEmpty()) {
            line("    before:");
            before.forEach((name, file) -> line("      " + Json.compact(name.toString()) + ": " + file));
        }
        line("    batches:");
        test.batches().subList(0, outcome.ran()).forEach(batch -> batch((Fixture.Rows) batch.source()));
        after(outcome, table, columns);
        String failure = outcome.failure();
        if (failure != null) {
            String first = failure.lines().findFirst().orElse("");
            line("    error: " + Json.compact(first.substring(0, Math.min(first.length(), LONGEST_ERROR))));
        }
        line("");
    }

    private void batch(Fixture.Rows rows) {
        line("      - source:" + (rows.rows().isEmpty() ? " []" : ""));
        rows.rows().forEach(row -> line("          - " + row(rows.columns(), row)));
    }

    private static String row(List<String> columns, List<Cell> row) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String text = row.get(i).text();
            tree.put(columns.get(i), text != null && row.get(i).form() == Cell.Form.NESTED ? Json.read(text) : text);
        }
        return Json.compact(tree);
    }

    private void after(LoadTestRun.Outcome outcome, String table, List<String> columns) {
        if (!outcome.tables().isEmpty()) {
            ComparedTable compared = outcome.tables().get(0);
            line("    after:");
            line("      " + Json.compact(table) + ":");
            line("        columns: " + Json.compact(columns));
            line("        rows:" + (compared.actual().isEmpty() ? " []" : ""));
            for (List<@Nullable Object> row : compared.actual()) {
                Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                columns.forEach(
                        column -> tree.put(column, row.get(compared.columns().indexOf(column))));
                line("          - " + Json.compact(tree));
            }
        }
        if (!outcome.letters().isEmpty() || outcome.tables().isEmpty()) {
            line("    rejected:" + (outcome.letters().isEmpty() ? " []" : ""));
            outcome.letters().forEach(letter -> line("      - " + Json.compact(reject(letter))));
        }
    }

    private static Map<String, Object> reject(DeadLetter letter) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("stage", letter.stage());
        tree.put("code", letter.code());
        if (letter.rule() != null) {
            tree.put("rule", letter.rule());
        }
        return tree;
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
