package io.headworks.core.contract.odcs;

import io.headworks.api.type.DataType;
import io.headworks.core.spec.Contract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document of the standard, version 3.1, of contracts: the carried document, where there is one, with what the contracts
 * now say otherwise. What they say as before stays as it was written.
 */
public final class OdcsExport {
    private static final String VERSION = "v3.1.0";
    private final List<Contract> all;

    /** @param all of the project: those of one document belong together */
    public OdcsExport(List<Contract> all) {
        this.all = all;
    }

    /** The document that a contract stands in. */
    public Map<String, @Nullable Object> of(Contract contract) {
        String carriedBy = Tree.text(carried(contract), "carried_by");
        Contract first = all.stream()
                .filter(each -> each.name().equals(carriedBy))
                .findFirst()
                .orElse(contract);
        List<Contract> parts = new ArrayList<>(List.of(first));
        all.stream()
                .filter(each -> first.name().equals(Tree.text(carried(each), "carried_by")))
                .forEach(parts::add);
        Map<String, @Nullable Object> document = base(first);
        Map<String, @Nullable Object> before = base(first);
        document.put("apiVersion", VERSION);
        head(document, before, first);
        parts.forEach(part -> object(document, part));
        upgrade(document);
        return document;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> base(Contract contract) {
        Map<String, @Nullable Object> document = Tree.map(carried(contract), "document");
        if (document != null) {
            return (Map<String, @Nullable Object>) Objects.requireNonNull(Tree.copy(document));
        }
        Map<String, @Nullable Object> fresh = new LinkedHashMap<>();
        fresh.put("apiVersion", VERSION);
        fresh.put("kind", "DataContract");
        fresh.put("id", contract.name());
        fresh.put("name", contract.name());
        fresh.put("version", contract.version());
        fresh.put("status", "active");
        return fresh;
    }

    private static Map<String, @Nullable Object> carried(Contract contract) {
        Map<String, @Nullable Object> odcs = Tree.map(contract.written(), "odcs");
        return odcs == null ? Map.of() : odcs;
    }

    private static void head(
            Map<String, @Nullable Object> document, Map<String, @Nullable Object> before, Contract contract) {
        Map<String, @Nullable Object> said = OdcsImport.head(before);
        if (!contract.version().equals(said.get("version"))) {
            document.put("version", contract.version());
        }
        Map<String, @Nullable Object> team = Tree.map(document, "team");
        if (contract.owner() != null && !contract.owner().equals(said.get("owner"))) {
            if (team == null && document.get("team") == null) {
                document.put("team", new LinkedHashMap<>(Map.of("name", contract.owner())));
            } else if (team != null) {
                team.put("name", contract.owner());
            }
        }
        service(document, said, contract);
    }

    private static void service(
            Map<String, @Nullable Object> document, Map<String, @Nullable Object> said, Contract contract) {
        Map<String, @Nullable Object> now = Tree.map(contract.written(), "sla");
        Map<String, @Nullable Object> was = Tree.map(said, "sla");
        service(document, "freshness", "h", value(was, "freshness_hours"), value(now, "freshness_hours"));
        service(
                document,
                "availability",
                "percent",
                value(was, "availability_percent"),
                value(now, "availability_percent"));
    }

    private static @Nullable Object value(@Nullable Map<String, @Nullable Object> sla, String key) {
        Object value = sla == null ? null : sla.get(key);
        return value == null ? null : new java.math.BigDecimal(value.toString()).stripTrailingZeros();
    }

    private static void service(
            Map<String, @Nullable Object> document,
            String property,
            String unit,
            @Nullable Object was,
            @Nullable Object now) {
        if (Objects.equals(was, now)) {
            return;
        }
        Map<String, @Nullable Object> entry = Tree.maps(document, "slaProperties").stream()
                .filter(each -> property.equals(each.get("property")))
                .findFirst()
                .orElse(null);
        if (now == null) {
            Tree.remove(document, "slaProperties", Objects.requireNonNull(entry));
            return;
        }
        if (entry == null) {
            entry = new LinkedHashMap<>();
            entry.put("property", property);
            Tree.list(document, "slaProperties").add(entry);
        }
        entry.put("value", new java.math.BigDecimal(now.toString()));
        entry.put("unit", unit);
    }

    private static void object(Map<String, @Nullable Object> document, Contract contract) {
        String name = Objects.requireNonNullElse(
                Tree.text(carried(contract), "object"), contract.table().table().table());
        Map<String, @Nullable Object> object = Tree.maps(document, "schema").stream()
                .filter(each -> name.equals(each.get("name")))
                .findFirst()
                .orElse(null);
        if (object == null) {
            object = new LinkedHashMap<>();
            object.put("name", name);
            object.put("physicalName", contract.table().table().toString());
            object.put("physicalType", "table");
            Tree.list(document, "schema").add(object);
        }
        text(object, "description", contract.description(), object.get("description"));
        columns(object, contract);
        List<Map<String, @Nullable Object>> written = Tree.maps(contract.written(), "checks");
        checks(object, written, true);
    }

    private static void columns(Map<String, @Nullable Object> object, Contract contract) {
        List<Map<String, @Nullable Object>> written = Tree.maps(contract.written(), "schema");
        for (Map<String, @Nullable Object> property : Tree.maps(object, "properties")) {
            boolean promised = written.stream()
                    .anyMatch(column -> Objects.equals(Tree.text(column, "column"), Tree.text(property, "name")));
            if (!promised && OdcsImport.column(property) != null) {
                Tree.remove(object, "properties", property);
            }
        }
        for (Map<String, @Nullable Object> column : written) {
            String name = Objects.requireNonNull(Tree.text(column, "column"));
            Map<String, @Nullable Object> property = Tree.maps(object, "properties").stream()
                    .filter(each -> name.equals(Tree.text(each, "name")))
                    .findFirst()
                    .orElse(null);
            if (property == null) {
                property = new LinkedHashMap<>();
                property.put("name", name);
                Tree.list(object, "properties").add(property);
            }
            column(property, column, contract.column(name).orElseThrow());
        }
    }

    private static void column(
            Map<String, @Nullable Object> property, Map<String, @Nullable Object> written, Contract.Column column) {
        Map<String, @Nullable Object> said = OdcsImport.column(property);
        DataType type = column.type();
        if (said == null || !type.toString().equals(said.get("type"))) {
            property.put("logicalType", OdcsTypes.logical(type));
            property.put("physicalType", type.toString());
        }
        boolean nullable = said == null || !Boolean.FALSE.equals(said.get("nullable"));
        if (nullable != column.nullable()) {
            property.put("required", !column.nullable());
        }
        text(property, "description", column.description(), property.get("description"));
        boolean pii = said != null && Boolean.TRUE.equals(said.get("pii"));
        if (pii != column.pii()) {
            property.put("classification", column.pii() ? "pii" : "internal");
        }
        definition(property, column.businessDefinition());
        checks(property, Tree.maps(written, "checks"), false);
    }

    private static void definition(Map<String, @Nullable Object> property, @Nullable String definition) {
        if (definition != null) {
            Map<String, @Nullable Object> custom = new LinkedHashMap<>();
            custom.put("property", "businessDefinition");
            custom.put("value", definition);
            List<@Nullable Object> all = Tree.list(property, "customProperties");
            if (!all.contains(custom)) {
                all.add(custom);
            }
        }
    }

    /** A text that was not taken over, and is not written in the contract, stays. */
    private static void text(
            Map<String, @Nullable Object> element, String key, @Nullable String now, @Nullable Object was) {
        if (now != null && !now.equals(was)) {
            element.put(key, now);
        }
    }

    private static void checks(
            Map<String, @Nullable Object> element, List<Map<String, @Nullable Object>> written, boolean ofTable) {
        List<Map<String, @Nullable Object>> left = new ArrayList<>(written);
        for (OdcsRules.Rule rule : OdcsRules.of(element)) {
            Map<String, @Nullable Object> check = ofTable ? OdcsImport.tableCheck(rule.check()) : rule.check();
            left.removeIf(check::equals);
            if (!written.contains(check)) {
                rule.removal().run();
            }
        }
        left.forEach(check -> add(element, check, ofTable));
    }

    private static void add(
            Map<String, @Nullable Object> element, Map<String, @Nullable Object> check, boolean ofTable) {
        if (!ofTable && check.equals(Map.of("type", "unique"))) {
            element.put("unique", true);
            return;
        }
        Map<String, @Nullable Object> rule = new LinkedHashMap<>();
        rule.put("type", "custom");
        rule.put("engine", OdcsRules.ENGINE);
        rule.put("implementation", check);
        Tree.list(element, "quality").add(rule);
    }

    /** Rules of 3.0 get the metric that 3.1 asks for; their own word stays. */
    private static void upgrade(Map<String, @Nullable Object> element) {
        for (Map<String, @Nullable Object> rule : Tree.maps(element, "quality")) {
            String metric = OdcsRules.metric(rule);
            if (!metric.isEmpty() && rule.get("metric") == null) {
                rule.put("metric", metric);
            }
        }
        for (String key : List.of("schema", "properties")) {
            Tree.maps(element, key).forEach(OdcsExport::upgrade);
        }
        Map<String, @Nullable Object> items = Tree.map(element, "items");
        if (items != null) {
            upgrade(items);
        }
    }
}
