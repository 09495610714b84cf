package io.headworks.core.contract.dbt;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Severity;
import io.headworks.core.spec.Contract;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A contract as a model of a schema.yml: columns with their types, and as tests what dbt and dbt-utils have a test for. What they
 * have none for is listed, never left out in silence.
 */
public final class DbtExport {
    private final Contract contract;
    private final List<String> findings = new ArrayList<>();

    private DbtExport(Contract contract) {
        this.contract = contract;
    }

    /**
     * What a contract comes to.
     *
     * @param findings what the file does not say, and what is needed to run it
     */
    public record Given(Map<String, Object> tree, List<String> findings) {}

    public static Given of(Contract contract) {
        DbtExport export = new DbtExport(contract);
        Map<String, Object> model = export.model();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", 2);
        tree.put("models", List.of(model));
        if (tree.toString().contains("dbt_utils.")) {
            export.findings.add("tests named dbt_utils… need the package dbt-labs/dbt_utils in packages.yml");
        }
        return new Given(tree, List.copyOf(export.findings));
    }

    private Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", contract.table().table().table());
        if (contract.description() != null) {
            model.put("description", contract.description());
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("contract", contract.name());
        meta.put("contract_version", contract.version());
        if (contract.owner() != null) {
            meta.put("owner", contract.owner());
        }
        model.put("config", Map.of("meta", meta));
        List<Object> tests = tests(contract.checks(), true);
        freshness().ifPresent(tests::add);
        if (!tests.isEmpty()) {
            model.put("data_tests", tests);
        }
        model.put("columns", contract.columns().stream().map(this::column).toList());
        return model;
    }

    private Map<String, Object> column(Contract.Column column) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", column.name());
        tree.put("data_type", column.type().toString());
        String text = column.description() == null ? column.businessDefinition() : column.description();
        if (text != null) {
            tree.put("description", text);
        }
        if (column.pii()) {
            tree.put("config", Map.of("meta", Map.of("pii", true)));
        }
        List<Object> tests = new ArrayList<>();
        if (!column.nullable()) {
            tests.add("not_null");
        }
        tests.addAll(tests(column.checks(), false));
        if (!tests.isEmpty()) {
            tree.put("data_tests", tests);
        }
        return tree;
    }

    private List<Object> tests(List<Check> checks, boolean ofTable) {
        List<Object> tests = new ArrayList<>();
        for (Check check : checks) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            String name = arguments(check.rule(), arguments, ofTable);
            if (name == null
                    || check.failAbove().isShare() && check.failAbove().value().signum() > 0) {
                findings.add("check '" + check.name() + "' is not exported: dbt has no test for "
                        + (name == null ? "it" : "a share of rows that may fail"));
            } else {
                config(check).ifPresent(config -> arguments.put("config", config));
                tests.add(arguments.isEmpty() ? name : Map.of(name, arguments));
            }
        }
        return tests;
    }

    /** The name of a test and what it is given; null where there is none. */
    private @Nullable String arguments(Rule rule, Map<String, Object> arguments, boolean ofTable) {
        if (rule instanceof Rule.NotNull check && check.columns().size() == 1) {
            return ofColumn("not_null", check.columns().get(0), arguments, ofTable);
        } else if (rule instanceof Rule.Unique check && check.columns().size() == 1) {
            return ofColumn("unique", check.columns().get(0), arguments, ofTable);
        } else if (rule instanceof Rule.Unique check) {
            arguments.put("combination_of_columns", check.columns());
            return "dbt_utils.unique_combination_of_columns";
        } else if (rule instanceof Rule.Accepted check) {
            arguments.put("values", check.values());
            return ofColumn("accepted_values", check.column(), arguments, ofTable);
        } else if (rule instanceof Rule.References check && check.columns().size() == 1) {
            arguments.put("to", "ref('" + check.to().table().table() + "')");
            arguments.put("field", check.toColumns().get(0));
            return ofColumn("relationships", check.columns().get(0), arguments, ofTable);
        } else if (rule instanceof Rule.Range check && check.minExclusive() == check.maxExclusive()) {
            return range(check, arguments, ofTable);
        } else if (rule instanceof Rule.Condition check && check.when() == null) {
            arguments.put("expression", check.then());
            return "dbt_utils.expression_is_true";
        }
        return null;
    }

    /** Bounds of numbers; others would have to be written in the database's own words. */
    private @Nullable String range(Rule.Range check, Map<String, Object> arguments, boolean ofTable) {
        for (String bound : new String[] {check.min(), check.max()}) {
            if (bound != null && !bound.matches("-?\\d+(\\.\\d+)?")) {
                return null;
            }
        }
        if (check.min() != null) {
            arguments.put("min_value", new BigDecimal(check.min()));
        }
        if (check.max() != null) {
            arguments.put("max_value", new BigDecimal(check.max()));
        }
        if (check.minExclusive()) {
            arguments.put("inclusive", false);
        }
        return ofColumn("dbt_utils.accepted_range", check.column(), arguments, ofTable);
    }

    /** A test of the table says of which column it is; one that stands with a column need not. */
    private static String ofColumn(String test, String column, Map<String, Object> arguments, boolean ofTable) {
        if (ofTable) {
            arguments.put("column_name", column);
        }
        return test;
    }

    private static Optional<Map<String, Object>> config(Check check) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (check.severity().compareTo(Severity.P1) > 0) {
            config.put("severity", "warn");
        }
        if (check.where() != null) {
            config.put("where", check.where());
        }
        if (check.failAbove().value().signum() > 0) {
            config.put("error_if", ">" + check.failAbove());
        }
        return config.isEmpty() ? Optional.empty() : Optional.of(config);
    }

    private Optional<Object> freshness() {
        Contract.Sla sla = contract.sla();
        if (sla.freshness() == null) {
            return Optional.empty();
        } else if (sla.freshnessColumn() == null) {
            findings.add("sla.freshness_hours is not exported: dbt must be told a column (freshness_column)");
            return Optional.empty();
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("datepart", "minute");
        arguments.put("field", sla.freshnessColumn());
        arguments.put("interval", sla.freshness().toMinutes());
        return Optional.of(Map.of("dbt_utils.recency", arguments));
    }
}
