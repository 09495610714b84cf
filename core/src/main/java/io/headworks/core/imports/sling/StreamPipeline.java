package io.headworks.core.imports.sling;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.jinja.NotRewritable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream as a pipeline. */
final class StreamPipeline {
    private static final Set<String> FILE_OPTIONS =
            Set.of("delimiter", "header", "encoding", "sheet", "quote", "escape");
    private static final Set<String> UNKNOWN = Set.of("transforms", "single", "files");

    private final SlingStream stream;
    private final String source;
    private final String target;
    private final String file;
    private final List<Finding> notes = new ArrayList<>();
    private final Map<String, String> sql = new LinkedHashMap<>();

    StreamPipeline(SlingStream stream, String source, String target, String file) {
        this.stream = stream;
        this.source = source;
        this.target = target;
        this.file = file;
    }

    /** What is not quite the same. */
    List<Finding> notes() {
        return notes;
    }

    /** Files of SQL that it names. */
    Map<String, String> sql() {
        return sql;
    }

    /**
     * The value of {@code pipeline}.
     *
     * @param excluded streams that a pattern takes and that are streams of their own
     * @throws NotRewritable when nothing of ours does the same
     */
    Map<String, Object> of(String name, List<String> excluded) {
        for (String key : UNKNOWN) {
            if (stream.at(key).isThere()) {
                throw new NotRewritable("'" + key + "' has no equivalent");
            }
        }
        if (stream.at("hooks").isThere()) {
            note(
                    Finding.Outcome.LEFT_OUT,
                    "its hooks are not taken over",
                    stream.at("hooks").line());
        }
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("name", name);
        put("description", stream.at("description").text(), pipeline);
        if (!stream.at("tags").texts().isEmpty()) {
            pipeline.put("tags", stream.at("tags").texts());
        }
        put("schedule", stream.at("schedule").text(), pipeline);
        Map<String, Object> extract = extract(name, excluded);
        Map<String, Object> load = new LinkedHashMap<>();
        load.put("connection", SlingConnections.name(target));
        load.put("table", stream.object(SlingConnections.name(source), SlingConnections.name(target)));
        mode(extract, load);
        pipeline.put("extract", extract);
        casts(pipeline);
        pipeline.put("load", load);
        targetOptions(load);
        return pipeline;
    }

    private Map<String, Object> extract(String name, List<String> excluded) {
        Map<String, Object> extract = new LinkedHashMap<>();
        extract.put("connection", stream.isFiles() ? "local" : SlingConnections.name(source));
        String query = stream.at("sql").text();
        if (query != null) {
            if (query.contains("{") || query.startsWith("file://")) {
                throw new NotRewritable("its SQL is filled in by Sling or stands in another file");
            }
            sql.put("sql/" + name + ".sql", query.strip() + "\n");
            extract.put("query", "sql/" + name + ".sql");
        } else if (stream.isFiles()) {
            extract.put("path", path());
        } else if (stream.isPattern()) {
            Map<String, Object> tables = new LinkedHashMap<>();
            tables.put("include", List.of(stream.table()));
            if (!excluded.isEmpty()) {
                tables.put("exclude", excluded);
            }
            extract.put("tables", tables);
        } else {
            extract.put("table", stream.table());
        }
        columns(extract);
        String where = stream.at("where").text();
        if (where != null && where.contains("{")) {
            throw new NotRewritable("its where is filled in by Sling");
        }
        put("where", where, extract);
        sourceOptions(extract);
        return extract;
    }

    private String path() {
        String path = stream.name().substring("file://".length()).replaceFirst("^\\./", "");
        if (path.startsWith("/") || path.contains("{") || path.contains("..")) {
            throw new NotRewritable("its files are not below the folder of the replication");
        }
        return path.endsWith("/") ? path + "*" : path;
    }

    private void columns(Map<String, Object> extract) {
        List<String> select = stream.at("select").texts();
        if (select.isEmpty()) {
            return;
        }
        if (select.stream().anyMatch(each -> !each.matches("[A-Za-z_]\\w*"))) {
            throw new NotRewritable("its select leaves columns out or renames them");
        }
        extract.put("columns", select);
    }

    private void mode(Map<String, Object> extract, Map<String, Object> load) {
        String mode = stream.at("mode").text("full-refresh");
        String updateKey = stream.at("update_key").text();
        switch (mode) {
            case "full-refresh", "truncate" -> load.put("strategy", "truncate-reload");
            case "incremental" -> incremental(updateKey, extract, load);
            case "backfill" ->
                throw new NotRewritable(
                        "mode backfill has no equivalent in a file: import it as incremental, and see hw run --from --to");
            default ->
                throw new NotRewritable(
                        "mode '" + mode + "' has no equivalent (allowed: full-refresh, truncate, incremental)");
        }
    }

    private void incremental(@Nullable String updateKey, Map<String, Object> extract, Map<String, Object> load) {
        if (stream.primaryKey().isEmpty()) {
            throw new NotRewritable("mode incremental without a primary_key cannot be repeated safely: name one");
        }
        if (stream.isFiles()) {
            if (updateKey != null) {
                note(Finding.Outcome.DIFFERS, "new and changed files are read, whatever '" + updateKey + "' says", 0);
            }
            extract.put("strategy", "incremental");
        } else if (updateKey != null) {
            extract.put("strategy", "incremental");
            extract.put("incremental_key", updateKey);
        }
        load.put("strategy", "upsert");
        load.put("merge_keys", stream.primaryKey());
    }

    private void sourceOptions(Map<String, Object> extract) {
        Map<String, Object> options = new LinkedHashMap<>();
        Map<String, Object> files = new LinkedHashMap<>();
        stream.at("source_options").entries().forEach((key, value) -> {
            if (key.equals("limit") || key.equals("offset")) {
                throw new NotRewritable("'" + key + "' has no equivalent");
            } else if (stream.isFiles() && key.equals("format")) {
                files.put("format", value.text(""));
            } else if (stream.isFiles() && FILE_OPTIONS.contains(key)) {
                options.put(key, key.equals("header") ? Boolean.valueOf(value.text("")) : (Object) value.text(""));
            } else {
                note(Finding.Outcome.DIFFERS, "source_options." + key + " is not taken over", value.line());
            }
        });
        if (!options.isEmpty()) {
            files.put("options", options);
        }
        if (!files.isEmpty()) {
            extract.put("files", files);
        }
    }

    private void targetOptions(Map<String, Object> load) {
        stream.at("target_options").entries().forEach((key, value) -> {
            boolean yes = value.text("").equalsIgnoreCase("true");
            if (key.equals("add_new_columns") && !yes) {
                load.put("schema_changes", Map.of("columns", "freeze"));
            } else if (key.equals("pre_sql") || key.equals("post_sql")) {
                note(Finding.Outcome.LEFT_OUT, "target_options." + key + " is not taken over", value.line());
            } else if (!key.equals("add_new_columns")) {
                note(Finding.Outcome.DIFFERS, "target_options." + key + " is not taken over", value.line());
            }
        });
    }

    private void casts(Map<String, Object> pipeline) {
        Map<String, Object> types = new LinkedHashMap<>();
        stream.at("columns").entries().forEach((column, type) -> {
            if (!column.matches("[A-Za-z_]\\w*")) {
                throw new NotRewritable("the type of columns '" + column + "' has no equivalent");
            }
            types.put(column, type(type));
        });
        if (!types.isEmpty()) {
            Map<String, Object> stage = new LinkedHashMap<>();
            stage.put("name", "types");
            stage.put("operations", List.of(Map.of("cast", types)));
            pipeline.put("transform", Map.of("stages", List.of(stage)));
        }
    }

    private static String type(Written written) {
        String text = written.text("").toLowerCase(Locale.ROOT);
        if (text.contains("|")) {
            throw new NotRewritable("a type with constraints ('" + text + "') has no equivalent");
        }
        return switch (text) {
            case "string" -> "text";
            case "bool" -> "boolean";
            case "float" -> "double";
            case "datetime" -> "timestamp";
            default -> text;
        };
    }

    private static void put(String key, @Nullable String value, Map<String, Object> map) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private void note(Finding.Outcome outcome, String reason, int line) {
        notes.add(new Finding(outcome, stream.subject(), file, line == 0 ? stream.line() : line, reason));
    }
}
