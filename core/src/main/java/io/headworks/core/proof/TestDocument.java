package io.headworks.core.proof;

import io.headworks.core.proof.TestResult.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of {@code hw test}. */
public final class TestDocument {

    private TestDocument() {}

    /** @param rewritten files whose rows were replaced by what is there now */
    public static Map<String, @Nullable Object> of(List<TestResult> results, List<String> rewritten) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("tests", results.stream().map(TestDocument::test).toList());
        for (Status status : Status.values()) {
            tree.put(status == Status.ERROR ? "errors" : status.key(), count(results, status));
        }
        tree.put("rewritten", rewritten);
        return tree;
    }

    static long count(List<TestResult> results, Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    private static Map<String, @Nullable Object> test(TestResult result) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", result.test().name());
        tree.put("pipeline", result.test().pipeline());
        tree.put("file", result.test().place().file());
        tree.put("line", result.test().place().line());
        tree.put("status", result.status().key());
        tree.put("seconds", Math.round(result.seconds() * 1000) / 1000.0);
        tree.put("messages", result.messages());
        tree.put(
                "differences",
                result.differences().stream().map(TestDocument::difference).toList());
        return tree;
    }

    static Map<String, @Nullable Object> difference(RowDifference difference) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("table", difference.table().toString());
        tree.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        tree.put("key", difference.key());
        tree.put("column", difference.column());
        tree.put("expected", difference.expected());
        tree.put("actual", difference.actual());
        return tree;
    }
}
