package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.dbt.DbtProperties.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sources: datasets from outside, and checks of them. */
final class DbtSources {
    private final List<Source> sources = new ArrayList<>();
    private final List<Finding> findings;

    /** @param table {@code [schema.]table} */
    private record Source(String name, String table, String file, Written group, Written properties) {}

    DbtSources(DbtProperties properties, DbtPlaces places, Relations relations, List<Finding> findings) {
        this.findings = findings;
        for (Property each : properties.sources()) {
            Written group = each.value();
            String source = group.at("name").text("");
            String schema = group.at("schema").text(source);
            if (schema.contains("{{")) {
                findings.add(Finding.leftOut(
                        "source " + source, each.file(), group.lineOf("schema"), "its schema is a template"));
                continue;
            }
            if (group.at("database").isThere()) {
                findings.add(Finding.differs(
                        "source " + source,
                        each.file(),
                        group.lineOf("database"),
                        "its database is taken to be that of connection 'warehouse'"));
            }
            for (Written table : group.at("tables").items()) {
                String name = table.at("name").text("");
                String where = places.inside(schema, table.at("identifier").text(name));
                relations.defineSource(source, name, where);
                sources.add(new Source(source + "." + name, where, each.file(), group, table));
            }
        }
    }

    /** Checks by the name of their table. */
    Map<String, List<Map<String, Object>>> checks(DbtTests tests) {
        Map<String, List<Map<String, Object>>> checks = new LinkedHashMap<>();
        for (Source each : sources) {
            List<Map<String, Object>> all =
                    new ArrayList<>(tests.of("source " + each.name(), each.file(), each.properties()));
            Map<String, Object> freshness = freshness(each);
            if (freshness != null) {
                all.add(Map.of("freshness", freshness));
            }
            if (!all.isEmpty()) {
                checks.computeIfAbsent(each.table(), table -> new ArrayList<>()).addAll(all);
            }
        }
        return checks;
    }

    private @Nullable Map<String, Object> freshness(Source source) {
        Written freshness = inherited(source, "freshness");
        String column = inherited(source, "loaded_at_field").text();
        Written error = freshness.at("error_after").at("count").isThere()
                ? freshness.at("error_after")
                : freshness.at("warn_after");
        if (!error.isThere()) {
            return null;
        }
        String period = error.at("period").text("");
        String count = error.at("count").text("");
        if (column == null
                || !column.matches("\\w+")
                || !Set.of("minute", "hour", "day").contains(period)) {
            findings.add(Finding.leftOut(
                    "freshness of source " + source.name(),
                    source.file(),
                    freshness.line(),
                    column == null ? "it has no loaded_at_field" : "loaded_at_field is no column"));
            return null;
        }
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("column", column);
        check.put("within", count + period.charAt(0));
        if (error.equals(freshness.at("warn_after"))) {
            check.put("severity", "P2");
        }
        return check;
    }

    /** A setting of the table, of the source, or of their config. */
    private static Written inherited(Source source, String key) {
        for (Written each : List.of(source.properties(), source.group())) {
            for (Written place : List.of(each, each.at("config"))) {
                if (place.at(key).isThere()) {
                    return place.at(key);
                }
            }
        }
        return Written.NOTHING;
    }
}
