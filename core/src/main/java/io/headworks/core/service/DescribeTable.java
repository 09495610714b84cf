package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Load;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.imports.YamlText;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a first contract from a real table: its columns, its key, and who reads it in this project. */
public final class DescribeTable {
    private final Workbench bench;

    public DescribeTable(Workbench bench) {
        this.bench = bench;
    }

    /** A contract as text, and the name it gives itself. */
    public record Described(String name, DatasetName table, String text) {}

    /** @param written a table as people name it */
    public Described of(String written) {
        DatasetName table = new NamedDataset(bench.project()).of("describe", written);
        Schema schema;
        try (Workbench.Session session = bench.open()) {
            schema = new DatasetRows(bench, session).read(table).schema();
        }
        List<String> key = bench.project()
                .producer(table)
                .map(producer -> producer.load().uniqueKey())
                .orElse(List.of());
        return described(bench.project(), table, schema, key, List.of());
    }

    /**
     * The same of what somebody has looked at.
     *
     * @param key the columns that tell rows apart; empty where none is known
     * @param personal columns about persons
     */
    static Described described(
            Project project, DatasetName table, Schema schema, List<String> key, List<String> personal) {
        PipelineSpec producer = project.producer(table).orElse(null);
        String name = table.table().table().replaceAll("[^A-Za-z0-9_-]+", "_");
        Map<String, Object> contract = new LinkedHashMap<>();
        contract.put("name", name);
        contract.put("version", "1.0.0");
        if (producer != null && producer.owner() != null) {
            contract.put("owner", producer.owner());
        }
        contract.put("table", table.toString());
        List<String> consumers = consumers(project, producer);
        if (!consumers.isEmpty()) {
            contract.put("consumers", consumers);
        }
        contract.put("schema", columns(schema, key, personal, producer == null ? null : producer.load()));
        if (key.size() > 1) {
            contract.put("checks", List.of(Map.of("unique", key)));
        }
        contract.put("breaking_change_policy", "version-bump");
        return new Described(name, table, YamlText.of(Map.of("contract", contract)));
    }

    private static List<String> consumers(Project project, @Nullable PipelineSpec producer) {
        Graph.Node node = producer == null ? null : project.graph().nodes().get(producer.name());
        return node == null ? List.of() : node.downstream();
    }

    private static List<Map<String, Object>> columns(
            Schema schema, List<String> key, List<String> personal, @Nullable Load load) {
        Load.AuditColumns audit = load == null ? null : load.audit();
        List<Map<String, Object>> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            boolean ours = audit != null
                    && (field.name().equals(audit.run()) || field.name().equals(audit.loadedAt()));
            if (!ours) {
                columns.add(column(field, key, personal.contains(field.name())));
            }
        }
        return columns;
    }

    private static Map<String, Object> column(Field field, List<String> key, boolean isPersonal) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("column", field.name());
        column.put("type", field.type().toString());
        if (key.contains(field.name()) || !field.nullable()) {
            column.put("nullable", false);
        }
        if (isPersonal) {
            column.put("pii", true);
        }
        if (key.equals(List.of(field.name()))) {
            column.put("checks", List.of(Map.of("type", "unique")));
        }
        return column;
    }
}
