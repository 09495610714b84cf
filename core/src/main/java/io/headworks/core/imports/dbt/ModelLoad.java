package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.jinja.NotRewritable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the rows of a model enter its table: what dbt calls its materialisation. */
final class ModelLoad {
    /** What says how rows are stored, and nothing about which. */
    private static final Set<String> STORAGE =
            Set.of("partition_by", "cluster_by", "indexes", "sort", "dist", "table_format", "unlogged", "transient");

    private static final Set<String> MISSING =
            Set.of("pre_hook", "post_hook", "pre-hook", "post-hook", "grants", "sql_header", "contract");

    private final String subject;
    private final String file;
    private final boolean views;
    private final List<Finding> findings;

    /** @param views the warehouse can have views of ours */
    ModelLoad(String subject, String file, boolean views, List<Finding> findings) {
        this.subject = subject;
        this.file = file;
        this.views = views;
        this.findings = findings;
    }

    /**
     * The value of {@code load}, without its table.
     *
     * @throws NotRewritable when nothing of ours loads like it
     */
    Map<String, Object> of(DbtConfig config, DbtSql.Result sql) {
        noteOthers(config);
        String materialized = config.text("materialized", "view");
        return switch (materialized) {
            case "table" -> strategy("truncate-reload");
            case "view" -> view(sql);
            case "ephemeral" -> {
                differs("it is ephemeral in dbt, and a view or table of its own here");
                yield view(sql);
            }
            case "incremental" -> incremental(config, sql);
            default ->
                throw new NotRewritable("materialisation '" + materialized
                        + "' has no equivalent (allowed: view, table, ephemeral, incremental)");
        };
    }

    private Map<String, Object> view(DbtSql.Result sql) {
        boolean valued = sql.sql().contains("{{ var.");
        if (views && !valued) {
            return strategy("view");
        }
        differs(
                valued
                        ? "it is a view in dbt, and a table here: a view has no variables"
                        : "it is a view in dbt, and a table here: views are made in DuckDB files only");
        return strategy("truncate-reload");
    }

    private Map<String, Object> incremental(DbtConfig config, DbtSql.Result sql) {
        String how = config.text("incremental_strategy", "");
        if (Set.of("insert_overwrite", "microbatch").contains(how)) {
            throw new NotRewritable("incremental_strategy '" + how
                    + "' has no equivalent that can be told: see partition-swap in docs/targets/strategies.md");
        }
        for (String key : List.of("merge_update_columns", "merge_exclude_columns", "incremental_predicates")) {
            if (config.has(key)) {
                throw new NotRewritable("'" + key + "' has no equivalent");
            }
        }
        List<String> keys = how.equals("append") ? List.of() : config.texts("unique_key");
        if (keys.isEmpty()) {
            throw new NotRewritable("an incremental model that only appends cannot be repeated safely: give it a"
                    + " unique_key, or write a model with {{ changed(x) }} (docs/models.md)");
        }
        for (String key : keys) {
            if (!key.matches("[A-Za-z_]\\w*")) {
                throw new NotRewritable("unique_key '" + key + "' is no column");
            }
        }
        if (!sql.changed()) {
            differs("all rows are read in every run and stored by key: no condition of it could be written as"
                    + " {{ changed(x) }}");
        }
        Map<String, Object> load = strategy("upsert");
        load.put("merge_keys", new ArrayList<Object>(keys));
        String changes = config.text("on_schema_change", "");
        if (changes.equals("fail")) {
            load.put("schema_changes", "freeze");
        } else if (changes.equals("ignore") || changes.equals("sync_all_columns")) {
            differs("on_schema_change '" + changes + "' is evolve here: new columns are added, none is dropped");
        }
        return load;
    }

    private void noteOthers(DbtConfig config) {
        for (String key : config.values().keySet()) {
            if (STORAGE.contains(key)) {
                differs("'" + key + "' is not taken over");
            } else if (MISSING.contains(key)) {
                findings.add(Finding.leftOut(key + " of " + subject, file, 0, "it has no equivalent"));
            }
        }
        if (config.has("full_refresh")) {
            differs("'full_refresh' is not taken over: hw run --full-refresh asks for it");
        }
    }

    private void differs(String reason) {
        findings.add(Finding.differs(subject, file, 0, reason));
    }

    private static Map<String, Object> strategy(String name) {
        Map<String, Object> load = new LinkedHashMap<>();
        load.put("strategy", name);
        return load;
    }
}
