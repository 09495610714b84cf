package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.jinja.Expression;
import io.headworks.core.imports.jinja.NotRewritable;
import io.headworks.core.imports.jinja.Piece;
import io.headworks.core.imports.jinja.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tests of dbt as checks of ours. */
final class DbtTests {
    private static final Pattern THRESHOLD = Pattern.compile("\\s*>\\s*(\\d+)\\s*");

    private final Relations relations;
    private final List<Finding> findings;

    DbtTests(Relations relations, List<Finding> findings) {
        this.relations = relations;
        this.findings = findings;
    }

    /** The checks that the properties of a table ask for. */
    List<Map<String, Object>> of(String subject, String file, Written properties) {
        List<Map<String, Object>> checks = new ArrayList<>();
        take(subject, file, null, properties, checks);
        for (Written column : properties.at("columns").items()) {
            String name = column.at("name").text();
            if (name != null) {
                take(subject, file, name, column, checks);
            }
        }
        return checks;
    }

    private void take(
            String subject, String file, @Nullable String column, Written of, List<Map<String, Object>> checks) {
        for (String key : List.of("tests", "data_tests")) {
            for (Written test : of.at(key).items()) {
                String name = name(test);
                try {
                    checks.add(check(name, arguments(test), column));
                } catch (NotRewritable unknown) {
                    findings.add(Finding.leftOut(
                            "test " + name + " of " + subject + (column == null ? "" : "." + column),
                            file,
                            test.line(),
                            unknown.reason()));
                }
            }
        }
    }

    private static String name(Written test) {
        String plain = test.text();
        return plain != null
                ? plain
                : test.at("test_name")
                        .text(test.entries().keySet().stream().findFirst().orElse(""));
    }

    /** What a test is given, wherever it is written. */
    private static Map<String, Written> arguments(Written test) {
        Map<String, Written> all = new LinkedHashMap<>();
        Written given = test.at("test_name").isThere() ? test : test.at(name(test));
        given.entries().forEach(all::put);
        given.at("config").entries().forEach(all::put);
        given.at("arguments").entries().forEach(all::put);
        List.of("config", "arguments", "test_name").forEach(all::remove);
        // beside the name, as - unique: {...} with config: {...} on the same level
        if (!test.at("test_name").isThere()) {
            test.at("config").entries().forEach(all::put);
        }
        return all;
    }

    private Map<String, Object> check(String test, Map<String, Written> arguments, @Nullable String column) {
        Map<String, Written> rest = new LinkedHashMap<>(arguments);
        Map<String, Object> options = options(rest);
        Written given = rest.remove("column_name");
        String of = column != null || given == null ? column : given.text();
        String rule = test.replaceFirst("^dbt_utils\\.", "");
        Map<String, Object> long_ = new LinkedHashMap<>();
        switch (rule) {
            case "not_null" -> long_.put("columns", List.of(needed(of, test)));
            case "unique" -> long_.put("columns", List.of(needed(of, test)));
            case "unique_combination_of_columns" -> {
                rule = "unique";
                long_.put("columns", texts(take(rest, "combination_of_columns")));
            }
            case "accepted_values" -> {
                rule = "accepted";
                rest.remove("quote");
                long_.put("column", needed(of, test));
                long_.put("values", texts(take(rest, "values")));
            }
            case "relationships" -> {
                rule = "references";
                long_.put("columns", List.of(needed(of, test)));
                long_.put("to", table(take(rest, "to")) + "(" + plainText(take(rest, "field")) + ")");
            }
            case "accepted_range" -> {
                rule = "range";
                long_.put("column", needed(of, test));
                bounds(rest, long_);
            }
            case "expression_is_true" -> {
                rule = "sql";
                String expression = (of == null ? "" : of + " ") + plainText(take(rest, "expression"));
                options.putIfAbsent("name", expression);
                long_.put("rows", "select * from {{ table }} where not (" + expression + ")");
            }
            default ->
                throw new NotRewritable(
                        "there is no check like it (allowed: not_null, unique, accepted_values,"
                                + " relationships, and of dbt_utils unique_combination_of_columns, accepted_range, expression_is_true)");
        }
        if (!rest.isEmpty()) {
            throw new NotRewritable("'" + String.join("', '", rest.keySet()) + "' has no equivalent");
        }
        long_.putAll(options);
        return Map.of(rule, shortened(long_));
    }

    /** {@code {columns: [a]}} is {@code a}. */
    private static Object shortened(Map<String, Object> check) {
        return check.size() == 1 && check.get("columns") instanceof List<?> columns
                ? columns.size() == 1 ? String.valueOf(columns.get(0)) : columns
                : check;
    }

    private static Map<String, Object> options(Map<String, Written> rest) {
        Map<String, Object> options = new LinkedHashMap<>();
        Written name = rest.remove("name");
        if (name != null) {
            options.put("name", plainText(name));
        }
        Written where = rest.remove("where");
        if (where != null) {
            options.put("where", plainText(where));
        }
        Written severity = rest.remove("severity");
        if (severity != null && severity.text("").equalsIgnoreCase("warn")) {
            options.put("severity", "P2");
        }
        threshold(rest.remove("error_if"), "fail_above", options);
        threshold(rest.remove("warn_if"), "warn_above", options);
        List.of("tags", "meta", "description", "store_failures", "store_failures_as")
                .forEach(rest::remove);
        Written enabled = rest.remove("enabled");
        if (enabled != null && !enabled.text("").equalsIgnoreCase("true")) {
            throw new NotRewritable("it is not enabled");
        }
        return options;
    }

    private static void threshold(@Nullable Written written, String key, Map<String, Object> options) {
        String text = written == null ? null : written.text();
        if (text == null || text.replace(" ", "").equals("!=0")) {
            return;
        }
        Matcher matcher = THRESHOLD.matcher(text);
        if (!matcher.matches()) {
            throw new NotRewritable("the threshold '" + text + "' has no equivalent");
        }
        options.put(key, Long.valueOf(matcher.group(1)));
    }

    private static void bounds(Map<String, Written> rest, Map<String, Object> check) {
        Written inclusive = rest.remove("inclusive");
        String suffix = inclusive != null && inclusive.text("").equalsIgnoreCase("false") ? "_exclusive" : "";
        Written min = rest.remove("min_value");
        Written max = rest.remove("max_value");
        if (min != null) {
            check.put("min" + suffix, number(min));
        }
        if (max != null) {
            check.put("max" + suffix, number(max));
        }
    }

    private static Object number(Written written) {
        Object value = DbtConfig.plain(written);
        if (value instanceof Number) {
            return value;
        }
        throw new NotRewritable("a bound that is no number has no equivalent");
    }

    private static String needed(@Nullable String column, String test) {
        if (column == null) {
            throw new NotRewritable(test + " names no column");
        }
        return column;
    }

    private static Written take(Map<String, Written> rest, String key) {
        Written found = rest.remove(key);
        if (found == null) {
            throw new NotRewritable("'" + key + "' is missing");
        }
        return found;
    }

    private static List<String> texts(Written list) {
        list.items().forEach(DbtTests::plainText);
        return list.texts();
    }

    /** A text without templates. */
    private static String plainText(Written written) {
        String text = written.text();
        if (text == null || text.contains("{{") || text.contains("{%")) {
            throw new NotRewritable("a template there is not imported");
        }
        return text;
    }

    /** The table that {@code ref('x')} or {@code source('x', 'y')} means. */
    private String table(Written to) {
        String text = to.text("").replaceAll("^\\s*\\{\\{|}}\\s*$", "");
        List<Piece> pieces = Template.of("{{ " + text + " }}").pieces();
        if (pieces.size() == 1
                && pieces.get(0) instanceof Piece.Output output
                && output.expression() instanceof Expression.Call call) {
            List<String> names = call.arguments().stream()
                    .map(each -> each instanceof Expression.Literal literal
                            ? literal.value().toString()
                            : "")
                    .toList();
            String table = Expression.calls(call, "ref") && !names.isEmpty()
                    ? relations.ref(names.get(names.size() - 1))
                    : Expression.calls(call, "source") && names.size() == 2
                            ? relations.source(names.get(0), names.get(1))
                            : null;
            if (table != null) {
                return table;
            }
        }
        throw new NotRewritable("'" + text.strip() + "' is no table of this project");
    }
}
