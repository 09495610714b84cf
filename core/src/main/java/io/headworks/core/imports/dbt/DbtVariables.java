package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Written;
import io.headworks.core.imports.jinja.None;
import io.headworks.core.imports.jinja.NotRewritable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of a dbt project, and which of them the project that is made declares. */
final class DbtVariables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    /** The value is read as a literal of the text it stands in: in quotes the quotes go. */
    private static final Pattern QUOTED = Pattern.compile("'(\\{\\{ var\\.\\w+ }})'");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{ var\\.(\\w+) }}");

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> declared = new LinkedHashMap<>();

    DbtVariables(DbtFolder project) {
        Written vars = project.settings().at("vars");
        vars.entries().forEach((name, value) -> {
            if (!value.isMap()) {
                values.put(name, DbtConfig.plain(value));
            }
        });
        vars.at(project.name()).entries().forEach((name, value) -> values.put(name, DbtConfig.plain(value)));
    }

    /** What {@code var(name, otherwise)} is. */
    Object value(String name, Object otherwise) {
        Object value = values.getOrDefault(name, otherwise);
        if (value == None.NONE) {
            throw new NotRewritable("variable '" + name + "' has no value: give it one in dbt_project.yml");
        }
        return value;
    }

    /** What stands for the variable in SQL, which the project then declares. */
    String placeholder(String name, Object otherwise) {
        Object value = value(name, otherwise);
        if (value instanceof List || value instanceof Map) {
            throw new NotRewritable("variable '" + name + "' is a list or a map, and cannot be a value in SQL");
        }
        if (!NAME.matcher(name).matches()) {
            throw new NotRewritable("a variable cannot be called '" + name + "' here");
        }
        Map<String, Object> declaration = new LinkedHashMap<>();
        declaration.put("type", type(value));
        declaration.put("default", value instanceof BigDecimal number ? number.toPlainString() : value);
        Map<String, Object> before = declared.putIfAbsent(name, declaration);
        if (before != null && !before.equals(declaration)) {
            throw new NotRewritable("variable '" + name + "' has another default elsewhere");
        }
        return "{{ var." + name + " }}";
    }

    private static String type(Object value) {
        if (value instanceof Long) {
            return "integer";
        } else if (value instanceof BigDecimal) {
            return "decimal";
        } else if (value instanceof Boolean) {
            return "boolean";
        }
        String text = value.toString();
        return text.matches("\\d{4}-\\d{2}-\\d{2}")
                ? "date"
                : text.matches("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?") ? "timestamp" : "text";
    }

    /** Those that are used. */
    Map<String, Map<String, Object>> declared() {
        return declared;
    }

    /**
     * SQL in which each variable stands as a value of its own.
     *
     * @throws NotRewritable when one is a part of a text or of a name
     */
    static String placed(String sql) {
        String placed = QUOTED.matcher(sql).replaceAll("$1");
        Matcher found = PLACEHOLDER.matcher(placed);
        while (found.find()) {
            boolean joined = found.start() > 0 && isWord(placed.charAt(found.start() - 1))
                    || found.end() < placed.length() && isWord(placed.charAt(found.end()));
            if (joined || SqlPlace.isQuoted(placed, found.start())) {
                throw new NotRewritable(
                        "variable '" + found.group(1) + "' is a part of a text or of a name; here it is a value");
            }
        }
        return placed;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"';
    }
}
