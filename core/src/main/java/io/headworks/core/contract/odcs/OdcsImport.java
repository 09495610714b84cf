package io.headworks.core.contract.odcs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Contracts of a document of the standard: one for each of its objects. The first carries the document, for its export. */
public final class OdcsImport {
    private final Map<String, @Nullable Object> document;
    private final String connection;
    private final List<String> findings = new ArrayList<>();

    private OdcsImport(Map<String, @Nullable Object> document, String connection) {
        this.document = document;
        this.connection = connection;
    }

    /**
     * What became of a document.
     *
     * @param contracts by name, as trees of contract files
     * @param findings what is carried and not enforced, and what was guessed
     */
    public record Imported(Map<String, Map<String, @Nullable Object>> contracts, List<String> findings) {}

    /** @param connection where the tables are */
    public static Imported of(Map<String, @Nullable Object> document, String connection) {
        OdcsImport imports = new OdcsImport(document, connection);
        Map<String, Map<String, @Nullable Object>> contracts = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> objects = Tree.maps(document, "schema");
        String first = null;
        for (Map<String, @Nullable Object> object : objects) {
            String name = name(document, object, objects.size());
            Map<String, @Nullable Object> contract = imports.contract(name, object);
            Map<String, @Nullable Object> carried = new LinkedHashMap<>();
            carried.put("object", object.get("name"));
            carried.put(first == null ? "document" : "carried_by", first == null ? document : first);
            contract.put("odcs", carried);
            contracts.put(name, contract);
            first = first == null ? name : first;
        }
        return new Imported(contracts, List.copyOf(imports.findings));
    }

    private static String name(
            Map<String, @Nullable Object> document, Map<String, @Nullable Object> object, int objects) {
        String own = Objects.requireNonNullElse(Tree.text(object, "name"), "table");
        String whole = Objects.requireNonNullElse(Tree.text(document, "name"), own);
        String name = objects == 1 ? whole : own;
        return name.replaceAll("[^A-Za-z0-9_-]+", "_").replaceAll("^[-]+", "_");
    }

    private Map<String, @Nullable Object> contract(String name, Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> contract = head(document);
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        ordered.put("name", name);
        ordered.put("version", contract.get("version"));
        put(ordered, "owner", contract.get("owner"));
        put(ordered, "description", plain(object.get("description")));
        ordered.put("table", connection + ":" + table(object));
        put(ordered, "sla", contract.get("sla"));
        ordered.put("schema", columns(object));
        List<Map<String, @Nullable Object>> checks = checks(object);
        if (!checks.isEmpty()) {
            ordered.put("checks", checks);
        }
        return ordered;
    }

    private static String table(Map<String, @Nullable Object> object) {
        String physical = Tree.text(object, "physicalName");
        String name = physical != null ? physical : Tree.text(object, "name");
        List<String> parts = List.of(Objects.requireNonNullElse(name, "table")
                .replaceAll("[:()\\s]+", "_")
                .split("\\.", -1));
        return String.join(".", parts.subList(Math.max(0, parts.size() - 2), parts.size()));
    }

    /** What a document says of all its tables: version, owner, sla. */
    static Map<String, @Nullable Object> head(Map<String, @Nullable Object> document) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("version", Tree.text(document, "version"));
        Map<String, @Nullable Object> team = Tree.map(document, "team");
        put(head, "owner", team == null ? null : plain(team.get("name")));
        Map<String, Object> sla = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> each : Tree.maps(document, "slaProperties")) {
            service(each, sla);
        }
        put(head, "sla", sla.isEmpty() ? null : sla);
        return head;
    }

    private static void service(Map<String, @Nullable Object> property, Map<String, Object> sla) {
        String name = Objects.requireNonNullElse(Tree.text(property, "property"), "");
        if (!(property.get("value") instanceof Number)) {
            return;
        }
        BigDecimal value = new BigDecimal(String.valueOf(property.get("value")));
        BigDecimal hours = hours(Objects.requireNonNullElse(Tree.text(property, "unit"), ""));
        if (name.equals("freshness") && hours != null && value.signum() >= 0) {
            sla.put(
                    "freshness_hours",
                    value.multiply(hours).stripTrailingZeros().toPlainString());
        } else if (name.equals("availability")
                && value.signum() >= 0
                && value.compareTo(BigDecimal.valueOf(100)) <= 0) {
            sla.put("availability_percent", value.stripTrailingZeros().toPlainString());
        }
    }

    private static @Nullable BigDecimal hours(String unit) {
        return switch (unit) {
            case "h", "hour", "hours" -> BigDecimal.ONE;
            case "d", "day", "days" -> BigDecimal.valueOf(24);
            default -> null;
        };
    }

    private List<Map<String, @Nullable Object>> columns(Map<String, @Nullable Object> object) {
        List<Map<String, @Nullable Object>> columns = new ArrayList<>();
        for (Map<String, @Nullable Object> property : Tree.maps(object, "properties")) {
            String where = object.get("name") + "." + property.get("name");
            Map<String, @Nullable Object> column = column(property);
            if (column == null) {
                findings.add(where + ": no type of ours is known for it; it is carried and not enforced");
                continue;
            }
            if (OdcsTypes.exact(property).isEmpty()) {
                findings.add(where + ": its physical type is none of ours; " + column.get("type")
                        + " stands for it: look at it");
            }
            carried(property, where);
            columns.add(column);
        }
        return columns;
    }

    /** A property as a column; null where it has no type of ours. */
    static @Nullable Map<String, @Nullable Object> column(Map<String, @Nullable Object> property) {
        String type = OdcsTypes.of(property);
        if (type == null) {
            return null;
        }
        Map<String, @Nullable Object> column = new LinkedHashMap<>();
        column.put("column", Tree.text(property, "name"));
        column.put("type", type);
        if (Boolean.TRUE.equals(property.get("required")) || Boolean.TRUE.equals(property.get("primaryKey"))) {
            column.put("nullable", false);
        }
        put(column, "description", plain(property.get("description")));
        if ("pii".equalsIgnoreCase(Tree.text(property, "classification"))) {
            column.put("pii", true);
        }
        List<Map<String, @Nullable Object>> checks = OdcsRules.of(property).stream()
                .map(OdcsRules.Rule::check)
                .distinct()
                .toList();
        if (!checks.isEmpty()) {
            column.put("checks", checks);
        }
        return column;
    }

    private List<Map<String, @Nullable Object>> checks(Map<String, @Nullable Object> object) {
        carried(object, String.valueOf(object.get("name")));
        return tableChecks(object);
    }

    /** Checks of a whole table stand in the form of check files. */
    static List<Map<String, @Nullable Object>> tableChecks(Map<String, @Nullable Object> object) {
        List<Map<String, @Nullable Object>> checks = new ArrayList<>();
        for (OdcsRules.Rule rule : OdcsRules.of(object)) {
            Map<String, @Nullable Object> check = tableCheck(rule.check());
            if (!checks.contains(check)) {
                checks.add(check);
            }
        }
        return checks;
    }

    static Map<String, @Nullable Object> tableCheck(Map<String, @Nullable Object> check) {
        String type = Tree.text(check, "type");
        if (type == null) {
            return check;
        }
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put(type, Objects.requireNonNullElse(check.get("params"), Map.of()));
        return form;
    }

    private void carried(Map<String, @Nullable Object> element, String where) {
        int rules = Tree.maps(element, "quality").size();
        Map<String, @Nullable Object> onlyQuality = new LinkedHashMap<>();
        onlyQuality.put("quality", element.get("quality"));
        if (element.containsKey("properties")) {
            onlyQuality.put("properties", element.get("properties"));
        }
        int enforced = OdcsRules.of(onlyQuality).size();
        if (rules > enforced) {
            findings.add(where + ": " + (rules - enforced) + " of " + rules
                    + " quality rules have no check like them; they are carried and not enforced");
        }
    }

    /** Texts with placeholders of ours would be filled in: they are carried only. */
    private static @Nullable Object plain(@Nullable Object text) {
        return text instanceof String string && (string.contains("${") || string.isBlank()) ? null : text;
    }

    private static void put(Map<String, @Nullable Object> tree, String key, @Nullable Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }
}
