package io.headworks.core.imports.dbt;

import io.headworks.core.imports.jinja.NotRewritable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A snapshot is a table with history: type 2, under the names that dbt gives its columns. */
final class SnapshotLoad {
    private SnapshotLoad() {}

    /**
     * The value of {@code load}, without its table.
     *
     * @param differs hears what is not quite the same
     * @throws NotRewritable when nothing of ours loads like it
     */
    static Map<String, Object> of(DbtConfig config, Consumer<String> differs) {
        List<String> keys = config.texts("unique_key");
        if (keys.isEmpty() || !keys.stream().allMatch(key -> key.matches("[A-Za-z_]\\w*"))) {
            throw new NotRewritable("its unique_key is no column");
        }
        Map<String, Object> history = new LinkedHashMap<>();
        String strategy = config.text("strategy", "");
        if (strategy.equals("timestamp") && config.text("updated_at", "").matches("[A-Za-z_]\\w*")) {
            history.put("default", 2L);
            history.put("valid_at", config.text("updated_at", ""));
            differs.accept("a row whose updated_at is newer and that says nothing new opens no version here");
        } else if (strategy.equals("check")) {
            checked(config, history, differs);
        } else {
            throw new NotRewritable("strategy '" + strategy + "' has no equivalent (allowed: timestamp with a column as"
                    + " updated_at, check)");
        }
        history.put("deletes", deletes(config));
        history.put("names", names(config));
        if (config.has("dbt_valid_to_current")) {
            throw new NotRewritable("'dbt_valid_to_current' has no equivalent that can be told: see scd.open_end");
        }
        history.put("open_end", "none");
        differs.accept("it begins empty: versions that dbt has stored are not taken over");
        Map<String, Object> load = new LinkedHashMap<>();
        load.put("strategy", "merge");
        load.put("merge_keys", new ArrayList<Object>(keys));
        load.put("scd", history);
        return load;
    }

    private static void checked(DbtConfig config, Map<String, Object> history, Consumer<String> differs) {
        List<String> columns = config.texts("check_cols");
        if (columns.equals(List.of("all"))) {
            history.put("default", 2L);
            return;
        }
        if (columns.isEmpty()) {
            throw new NotRewritable("it has no check_cols");
        }
        history.put("default", 1L);
        Map<String, Object> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column, 2L));
        history.put("columns", types);
        differs.accept("columns that are not in check_cols are overwritten in all versions when they change; dbt leaves"
                + " them as they are until a checked one does");
    }

    private static String deletes(DbtConfig config) {
        String hard =
                config.text("hard_deletes", config.is("invalidate_hard_deletes", false) ? "invalidate" : "ignore");
        return switch (hard) {
            case "invalidate" -> "close";
            case "new_record" -> "new-record";
            default -> "ignore";
        };
    }

    private static Map<String, Object> names(DbtConfig config) {
        Map<?, ?> own = config.values().get("snapshot_meta_column_names") instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Object> names = new LinkedHashMap<>();
        names.put(
                "from",
                own.containsKey("dbt_valid_from") ? String.valueOf(own.get("dbt_valid_from")) : "dbt_valid_from");
        names.put("to", own.containsKey("dbt_valid_to") ? String.valueOf(own.get("dbt_valid_to")) : "dbt_valid_to");
        return names;
    }
}
