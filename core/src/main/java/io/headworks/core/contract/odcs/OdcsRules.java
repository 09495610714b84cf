package io.headworks.core.contract.odcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a property or object of the standard promises of its values, as checks of ours. */
final class OdcsRules {
    /** Checks of ours that have no rule in the standard stand in rules of this engine. */
    static final String ENGINE = "headworks";

    private static final Map<String, String> BOUNDS = ordered(
            "minimum",
            "min",
            "maximum",
            "max",
            "exclusiveMinimum",
            "min_exclusive",
            "exclusiveMaximum",
            "max_exclusive");

    private final Map<String, @Nullable Object> element;
    private final List<Rule> rules = new ArrayList<>();

    private OdcsRules(Map<String, @Nullable Object> element) {
        this.element = element;
    }

    /** A check, and what takes it out of the element again. */
    record Rule(Map<String, @Nullable Object> check, Runnable removal) {}

    /** In the order of the element: its own keys, then its quality rules. What is not here is carried and not enforced. */
    static List<Rule> of(Map<String, @Nullable Object> element) {
        OdcsRules found = new OdcsRules(element);
        if (Boolean.TRUE.equals(element.get("unique"))) {
            found.add("unique", Map.of(), () -> element.remove("unique"));
        }
        found.options();
        Tree.maps(element, "quality").forEach(found::quality);
        return found.rules;
    }

    private void add(String type, Map<String, ?> params, Runnable removal) {
        if (params.toString().contains("${")) {
            // ours to fill in, theirs to keep
            return;
        }
        Map<String, @Nullable Object> check = new LinkedHashMap<>();
        check.put("type", type);
        if (!params.isEmpty()) {
            check.put("params", params);
        }
        rules.add(new Rule(check, removal));
    }

    private void options() {
        Map<String, @Nullable Object> options = Tree.map(element, "logicalTypeOptions");
        if (options == null) {
            return;
        }
        Map<String, Object> bounds = taken(options, BOUNDS);
        if (!bounds.isEmpty()) {
            add("range", bounds, () -> BOUNDS.keySet().forEach(options::remove));
        }
        Map<String, Object> lengths = taken(options, ordered("minLength", "min", "maxLength", "max"));
        if (!lengths.isEmpty()) {
            add("length", lengths, () -> List.of("minLength", "maxLength").forEach(options::remove));
        }
        Object pattern = options.get("pattern");
        if (pattern != null) {
            add("pattern", Map.of("matches", whole(pattern.toString())), () -> options.remove("pattern"));
        }
    }

    /** A pattern of the standard may match a part of the value; ours match all of it. */
    private static String whole(String pattern) {
        boolean from = pattern.startsWith("^");
        boolean to = pattern.endsWith("$") && !pattern.endsWith("\\$");
        return from && to && !pattern.contains("|")
                ? pattern.substring(1, pattern.length() - 1)
                : "(?s).*(?:" + pattern + ").*";
    }

    private static Map<String, Object> taken(Map<String, @Nullable Object> options, Map<String, String> names) {
        Map<String, Object> taken = new LinkedHashMap<>();
        names.forEach((theirs, ours) -> {
            Object value = options.get(theirs);
            if (value != null) {
                taken.put(ours, value);
            }
        });
        return taken;
    }

    private void quality(Map<String, @Nullable Object> rule) {
        Runnable removal = () -> Tree.remove(element, "quality", rule);
        Map<String, @Nullable Object> own = own(rule);
        if (own != null) {
            rules.add(new Rule(own, removal));
            return;
        }
        String metric = metric(rule);
        boolean ofRows = rule.get("unit") == null || "rows".equals(rule.get("unit"));
        boolean none = rule.get("mustBe") instanceof Number number && number.doubleValue() == 0;
        if (metric.equals("nullValues") && none) {
            add("not_null", Map.of(), removal);
        } else if (metric.equals("duplicateValues") && none && element.get("properties") == null) {
            add("unique", Map.of(), removal);
        } else if (metric.equals("rowCount") && ofRows) {
            rowCount(rule, removal);
        } else if (metric.equals("invalidValues") && none) {
            Map<String, @Nullable Object> arguments = Tree.map(rule, "arguments");
            if (arguments != null && arguments.size() == 1 && arguments.get("validValues") instanceof List<?> values) {
                add("accepted", Map.of("values", values), removal);
            }
        }
    }

    /** The metric of 3.1 that a rule has, or that stands for its rule of 3.0; empty for neither. */
    static String metric(Map<String, @Nullable Object> rule) {
        String metric = Tree.text(rule, "metric");
        String old = Tree.text(rule, "rule");
        String type = Tree.text(rule, "type");
        if (metric != null || old == null || (type != null && !type.equals("library"))) {
            return metric == null ? "" : metric;
        }
        return switch (old) {
            case "nullCheck", "nullValues" -> "nullValues";
            case "duplicateCount", "duplicateValues" -> "duplicateValues";
            case "rowCount" -> "rowCount";
            default -> "";
        };
    }

    private static @Nullable Map<String, @Nullable Object> own(Map<String, @Nullable Object> rule) {
        boolean ours = "custom".equals(rule.get("type")) && ENGINE.equals(rule.get("engine"));
        return ours ? Tree.map(rule, "implementation") : null;
    }

    private void rowCount(Map<String, @Nullable Object> rule, Runnable removal) {
        Map<String, Object> params = new LinkedHashMap<>();
        if (rule.get("mustBeBetween") instanceof List<?> between && between.size() == 2) {
            bound(params, "min", between.get(0), 0);
            bound(params, "max", between.get(1), 0);
        }
        bound(params, "min", rule.get("mustBeGreaterOrEqualTo"), 0);
        bound(params, "min", rule.get("mustBeGreaterThan"), 1);
        bound(params, "max", rule.get("mustBeLessOrEqualTo"), 0);
        bound(params, "max", rule.get("mustBeLessThan"), -1);
        if (!params.isEmpty() && params.values().stream().allMatch(bound -> (Long) bound >= 0)) {
            params.put("per", "table");
            add("volume", params, removal);
        }
    }

    private static void bound(Map<String, Object> params, String key, @Nullable Object value, int step) {
        if (value instanceof Long whole) {
            params.put(key, whole + step);
        }
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
