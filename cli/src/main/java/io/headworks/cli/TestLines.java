package io.headworks.cli;

import io.headworks.core.proof.RowDifference;
import io.headworks.core.proof.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results of tests as text. */
final class TestLines {
    private static final int SHOWN = 20;

    private TestLines() {}

    static void show(TestResult result, Console console) {
        String seconds = String.format(Locale.ROOT, " (%.2f s)", result.seconds());
        console.line(console.colour().status(result.status().key()) + "  "
                + result.test().pipeline() + ": " + result.test().name()
                + console.colour().dim(seconds));
        result.messages().forEach(message -> console.line("    " + message));
        show(result.differences(), console);
        if (result.status() != TestResult.Status.PASSED) {
            console.line("    " + result.test().place());
        }
    }

    /** The first of them as a table; nothing when there are none. */
    static void show(List<RowDifference> differences, Console console) {
        if (!differences.isEmpty()) {
            console.table(table(differences));
            if (differences.size() > SHOWN) {
                console.line("    and " + (differences.size() - SHOWN) + " more");
            }
        }
    }

    private static TextTable table(List<RowDifference> differences) {
        TextTable table = new TextTable("TABLE", "ROW", "KEY", "COLUMN", "EXPECTED", "IS");
        differences.stream()
                .limit(SHOWN)
                .forEach(each -> table.row(
                        each.table(),
                        each.kind().name().toLowerCase(Locale.ROOT),
                        key(each),
                        each.column(),
                        side(each, each.expected()),
                        side(each, each.actual())));
        return table;
    }

    /** Where the key is the whole row, it is shown once. */
    private static @Nullable String key(RowDifference difference) {
        boolean whole = difference.key().equals(difference.expected())
                || difference.key().equals(difference.actual());
        return whole
                ? null
                : difference.key().entrySet().stream()
                        .map(column -> column.getKey() + "=" + spoken(column.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static @Nullable Object side(RowDifference difference, @Nullable Object value) {
        boolean cell = difference.column() != null;
        if (value instanceof Map<?, ?> row && !cell) {
            List<String> cells = new ArrayList<>();
            row.forEach((name, each) -> cells.add(name + "=" + spoken(each)));
            return String.join(", ", cells);
        }
        return value == null && cell ? "NULL" : value;
    }

    private static String spoken(@Nullable Object value) {
        return value == null ? "NULL" : value.toString();
    }

    static void sum(List<TestResult> results, Console console) {
        long passed = count(results, TestResult.Status.PASSED);
        long failed = count(results, TestResult.Status.FAILED);
        long errors = count(results, TestResult.Status.ERROR);
        console.line(passed + " passed, " + failed + " failed" + (errors == 0 ? "" : ", " + errors + " could not run"));
    }

    private static long count(List<TestResult> results, TestResult.Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
