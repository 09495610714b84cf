package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.NewFile;
import io.headworks.core.imports.YamlText;
import io.headworks.core.imports.dbt.DbtFolder.DbtFile;
import io.headworks.core.imports.dbt.DbtProperties.Property;
import io.headworks.core.imports.jinja.NotRewritable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A CSV file that dbt loads whole: a pipeline that does. */
record DbtSeed(DbtFile file, Property properties, DbtConfig config) {
    static DbtSeed of(DbtFolder project, DbtProperties properties, DbtFile file) {
        Property property = properties.of("seeds", file.stem());
        return new DbtSeed(file, property, DbtConfig.of(project, "seeds", file, file.stem(), property.value()));
    }

    String name() {
        return file.stem();
    }

    String subject() {
        return "seed " + name();
    }

    String pipelineFile() {
        return "pipelines/seeds/" + name() + ".yml";
    }

    NewFile data() {
        return new NewFile.Copied(file.path());
    }

    /** @throws NotRewritable when its types cannot be kept */
    String pipeline(String table, List<Map<String, Object>> checks) {
        Map<String, Object> extract = new LinkedHashMap<>();
        extract.put("connection", "seeds");
        extract.put("path", file.below());
        Map<String, Object> columns = columns();
        if (!columns.isEmpty()) {
            extract.put("columns", columns);
        }
        String delimiter = config.text("delimiter");
        if (delimiter != null) {
            extract.put("files", Map.of("options", Map.of("delimiter", delimiter)));
        }
        Map<String, Object> load = new LinkedHashMap<>();
        load.put("connection", "warehouse");
        load.put("table", table);
        load.put("strategy", "truncate-reload");
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("name", name());
        if (properties.value().at("description").isThere()) {
            pipeline.put("description", properties.value().at("description").text(""));
        }
        List<String> tags = config.texts("tags");
        if (!tags.isEmpty()) {
            pipeline.put("tags", tags);
        }
        pipeline.put("extract", extract);
        pipeline.put("load", load);
        if (!checks.isEmpty()) {
            pipeline.put("quality_gates", Map.of("post_load", checks));
        }
        return YamlText.of(Map.of("pipeline", pipeline));
    }

    /** The types of all columns; empty to have them found. */
    private Map<String, Object> columns() {
        if (!(config.values().get("column_types") instanceof Map<?, ?> types) || types.isEmpty()) {
            return Map.of();
        }
        Map<String, String> declared = new LinkedHashMap<>();
        types.forEach((column, type) -> declared.put(
                column.toString().toLowerCase(Locale.ROOT), type.toString().toLowerCase(Locale.ROOT)));
        Map<String, Object> columns = new LinkedHashMap<>();
        for (String column : header()) {
            String type = declared.remove(column.toLowerCase(Locale.ROOT));
            if (type == null) {
                throw new NotRewritable("column_types says nothing of column '" + column
                        + "': types are declared for all columns of a file or for none");
            }
            columns.put(column, type.equals("string") ? "text" : type);
        }
        return columns;
    }

    private List<String> header() {
        String line = file.text().replace("\uFEFF", "").lines().findFirst().orElse("");
        List<String> names = new ArrayList<>();
        for (String cell : line.split(java.util.regex.Pattern.quote(config.text("delimiter", ",")), -1)) {
            String name = cell.strip();
            names.add(
                    name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                            ? name.substring(1, name.length() - 1)
                            : name);
        }
        return names;
    }

    /** What its configuration says that is not taken over. */
    void note(List<Finding> findings) {
        if (config.has("quote_columns")) {
            findings.add(Finding.differs(subject(), file.name(), 0, "'quote_columns' has no meaning here"));
        }
    }
}
