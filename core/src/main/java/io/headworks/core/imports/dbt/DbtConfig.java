package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Written;
import io.headworks.core.imports.dbt.DbtFolder.DbtFile;
import io.headworks.core.imports.jinja.None;
import io.headworks.core.spec.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is configured for a model, seed or snapshot: its folders in dbt_project.yml, its properties, its own config(). */
record DbtConfig(Map<String, Object> values) {
    DbtConfig {
        values = new LinkedHashMap<>(values);
    }

    /**
     * What dbt_project.yml and the properties say.
     *
     * @param kind {@code models}, {@code seeds} or {@code snapshots}
     * @param properties of the file in a YAML file; nothing when it has none
     */
    static DbtConfig of(DbtFolder project, String kind, DbtFile file, String name, Written properties) {
        DbtConfig config = new DbtConfig(Map.of());
        Written level = project.settings().at(kind);
        config.takePlus(level);
        List<String> steps = new ArrayList<>(List.of(project.name()));
        List<String> folders = Arrays.asList(file.below().split("/", -1));
        steps.addAll(folders.subList(0, folders.size() - 1));
        steps.add(name);
        for (String step : steps) {
            level = level.at(step);
            config.takeLevel(level);
        }
        properties.at("config").entries().forEach((key, value) -> config.put(key, value));
        for (String key : List.of("tags", "meta")) {
            if (properties.at(key).isThere()) {
                config.put(key, properties.at(key));
            }
        }
        return config;
    }

    /** The same with what the file itself configures. */
    DbtConfig with(Map<String, Object> own) {
        DbtConfig all = new DbtConfig(values);
        own.forEach(all::put);
        return all;
    }

    private void takePlus(Written level) {
        level.entries().forEach((key, value) -> {
            if (key.startsWith("+")) {
                put(key.substring(1), value);
            }
        });
    }

    /** Below the project a key without {@code +} is a setting too, unless a map makes it a folder. */
    private void takeLevel(Written level) {
        takePlus(level);
        level.entries().forEach((key, value) -> {
            if (!key.startsWith("+") && !value.isMap()) {
                put(key, value);
            }
        });
    }

    private void put(String key, Written value) {
        put(key, plain(value));
    }

    private void put(String key, Object value) {
        if (key.equals("tags") && values.get("tags") != null) {
            List<Object> all = new ArrayList<>(list("tags"));
            (value instanceof List<?> list ? list : List.of(value)).forEach(all::add);
            values.put(key, all.stream().distinct().toList());
        } else if (value != None.NONE) {
            values.put(key, value);
        }
    }

    @Nullable
    String text(String key) {
        Object value = values.get(key);
        return value == null || value instanceof List || value instanceof Map ? null : value.toString();
    }

    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    boolean is(String key, boolean otherwise) {
        return values.get(key) instanceof Boolean value ? value : otherwise;
    }

    /** A list; a single value is a list of one. */
    List<Object> list(String key) {
        Object value = values.get(key);
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        return value == null ? List.of() : List.of(value);
    }

    List<String> texts(String key) {
        return list(key).stream().map(Object::toString).toList();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** A value as templates have it. */
    static Object plain(Written value) {
        if (value.isMap()) {
            Map<String, Object> map = new LinkedHashMap<>();
            value.entries().forEach((key, entry) -> map.put(key, plain(entry)));
            return map;
        } else if (value.isList()) {
            return new ArrayList<>(value.items().stream().map(DbtConfig::plain).toList());
        } else if (!(value.node() instanceof Node.Scalar scalar) || scalar.isNull()) {
            return None.NONE;
        } else {
            return scalar.style() == Node.Scalar.Style.PLAIN ? typed(scalar.text()) : scalar.text();
        }
    }

    private static Object typed(String text) {
        return switch (text) {
            case "true", "True", "yes", "on" -> true;
            case "false", "False", "no", "off" -> false;
            default ->
                text.matches("-?\\d{1,18}")
                        ? Long.valueOf(text)
                        : text.matches("-?\\d{1,18}\\.\\d{1,18}") ? new BigDecimal(text) : (Object) text;
        };
    }
}
