package io.headworks.core.run;

import io.headworks.api.load.BatchKind;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch whose load was stopped for what it would have done, and what its ledger row is to say when it is published after
 * all.
 *
 * @param until when it may be removed
 * @param load a hash of how it was to be loaded
 * @param lastRunNumber of the table when it was stopped
 * @param rows the batch, then the rejected rows
 */
record KeptBatch(
        String runId,
        String pipeline,
        String environment,
        String dataset,
        Instant until,
        String load,
        long lastRunNumber,
        @Nullable String positionBefore,
        @Nullable String positionAfter,
        String sourceIdentity,
        String schemaHash,
        String planHash,
        BatchKind kind,
        long read,
        long count,
        long rejected,
        List<Columns> rows) {
    KeptBatch {
        rows = List.copyOf(rows);
    }

    /** The columns of one table of the file. */
    record Columns(String table, Schema schema, List<String> hidden) {
        Columns {
            hidden = List.copyOf(hidden);
        }
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("run_id", runId);
        tree.put("pipeline", pipeline);
        tree.put("environment", environment);
        tree.put("dataset", dataset);
        tree.put("until", until.toString());
        tree.put("load", load);
        tree.put("last_run_number", lastRunNumber);
        tree.put("position_before", positionBefore);
        tree.put("position_after", positionAfter);
        tree.put("source_identity", sourceIdentity);
        tree.put("schema_hash", schemaHash);
        tree.put("plan_hash", planHash);
        tree.put("kind", kind.name().toLowerCase(Locale.ROOT));
        tree.put("read", read);
        tree.put("count", count);
        tree.put("rejected", rejected);
        tree.put("rows", rows.stream().map(KeptBatch::tree).toList());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(Columns columns) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("table", columns.table());
        tree.put(
                "columns",
                columns.schema().fields().stream()
                        .map(field -> List.of(field.name(), field.type().toString(), field.nullable()))
                        .toList());
        tree.put("hidden", columns.hidden());
        return tree;
    }

    static KeptBatch of(Map<String, @Nullable Object> tree) {
        List<Columns> rows = new ArrayList<>();
        for (Object each : (List<?>) present(tree, "rows")) {
            rows.add(columns((Map<?, ?>) each));
        }
        return new KeptBatch(
                text(tree, "run_id"),
                text(tree, "pipeline"),
                text(tree, "environment"),
                text(tree, "dataset"),
                Instant.parse(text(tree, "until")),
                text(tree, "load"),
                number(tree, "last_run_number"),
                (String) tree.get("position_before"),
                (String) tree.get("position_after"),
                text(tree, "source_identity"),
                text(tree, "schema_hash"),
                text(tree, "plan_hash"),
                BatchKind.valueOf(text(tree, "kind").toUpperCase(Locale.ROOT)),
                number(tree, "read"),
                number(tree, "count"),
                number(tree, "rejected"),
                rows);
    }

    private static Columns columns(Map<?, ?> tree) {
        List<Field> fields = new ArrayList<>();
        for (Object each : (List<?>) present(tree, "columns")) {
            List<?> field = (List<?>) each;
            String type = String.valueOf(field.get(1));
            fields.add(new Field(
                    String.valueOf(field.get(0)),
                    DataType.parse(type).orElseThrow(() -> new IllegalArgumentException("no type is written " + type)),
                    Boolean.TRUE.equals(field.get(2))));
        }
        List<String> hidden = ((List<?>) present(tree, "hidden"))
                .stream().map(String::valueOf).toList();
        return new Columns(String.valueOf(present(tree, "table")), new Schema(fields), hidden);
    }

    private static Object present(Map<?, ?> tree, String key) {
        return Objects.requireNonNull(tree.get(key), key);
    }

    private static String text(Map<?, ?> tree, String key) {
        return (String) present(tree, key);
    }

    private static long number(Map<?, ?> tree, String key) {
        return ((Number) present(tree, key)).longValue();
    }
}
