package io.headworks.core.service;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.HeadworksException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the project's connections are, whether they can be reached, and which tables or files they show. */
public final class ReachConnections {
    private final Workbench bench;

    public ReachConnections(Workbench bench) {
        this.bench = bench;
    }

    /** Every connection of this environment as a document; secrets are named, never shown. */
    public List<Map<String, @Nullable Object>> list() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        bench.project().connections().values().forEach(connection -> all.add(document(connection)));
        return all;
    }

    private Map<String, @Nullable Object> document(Connection connection) {
        Connector connector = bench.setup().connectors().of(connection);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", connection.name());
        tree.put("type", connection.type());
        tree.put("source", connector.isSource());
        tree.put("target", connector.isTarget());
        tree.put("settings", connection.settings());
        tree.put("secrets", connection.secrets().keySet().stream().sorted().toList());
        return tree;
    }

    /** Opens a connection and looks at its tables. */
    public Map<String, @Nullable Object> test(String name) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        try {
            tree.put("status", "reached");
            tree.put("tables", tables(name).size());
            tree.put("error", null);
        } catch (HeadworksException failure) {
            tree.put("status", "failed");
            tree.put("tables", null);
            tree.put("error", failure.getMessage());
            tree.put("hint", failure.hint());
            tree.put("exit_code", failure.kind().exitCode());
        }
        return tree;
    }

    /** The tables or file patterns of a connection, sorted. */
    public List<String> tables(String name) {
        try (Workbench.Session session = bench.open()) {
            Connection connection = new DatasetRows(bench, session).connection(name);
            Connector connector = bench.setup().connectors().of(connection);
            List<TableName> tables = connector.isTarget()
                    ? session.connections().target(name).tables()
                    : session.connections().source(name).tables();
            return tables.stream().map(TableName::toString).sorted().toList();
        }
    }
}
