package io.headworks.core.record;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A check's result as it stands in public JSON documents. */
public final class CheckDocument {

    private CheckDocument() {}

    public static Map<String, @Nullable Object> of(CheckResult result, String dataset) {
        Check check = result.check();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", check.name());
        tree.put("dataset", dataset);
        tree.put("rule", check.rule().key());
        tree.put("dimension", lower(check.dimension()));
        tree.put("severity", check.severity().name());
        tree.put("on_fail", lower(check.onFail()));
        tree.put("status", lower(result.status()));
        tree.put("rows", result.rows());
        tree.put("failing_rows", result.failingRows());
        tree.put("observed", result.observed());
        tree.put("threshold", check.failAbove().toString());
        if (!result.samples().isEmpty()) {
            tree.put("samples", result.samples());
        }
        if (result.error() != null) {
            tree.put("error", result.error());
        }
        return tree;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
