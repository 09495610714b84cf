package io.headworks.core.service;

import io.headworks.api.connection.Connection;
import io.headworks.api.connection.Connector;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.target.Target;
import io.headworks.api.target.WrittenDataset;
import io.headworks.core.run.OpenConnections;
import io.headworks.core.spec.Environment;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.PositionCache;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes away what the loads of one environment have written, by its own ledgers, and what is remembered of them. */
public final class DropEnvironment {
    private static final Set<String> PRODUCTION = Set.of("prod", "prd", "production", "live");

    private final Workbench bench;
    private final Project project;
    private final String environment;

    public DropEnvironment(Workbench bench) {
        this.bench = bench;
        this.project = bench.project();
        this.environment = project.environment().name();
    }

    /**
     * A dataset that loads of the environment went into.
     *
     * @param there its tables that are still there
     */
    public record Loaded(
            String connection, String dataset, List<TableName> there, long loads, Instant lastLoad, String pipeline) {
        public Loaded {
            there = List.copyOf(there);
        }

        private WrittenDataset written() {
            return new WrittenDataset(dataset, there);
        }

        /** The public document of one. */
        public Map<String, @Nullable Object> document() {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("connection", connection);
            tree.put("dataset", dataset);
            tree.put("tables", there.stream().map(TableName::toString).toList());
            tree.put("pipeline", pipeline);
            tree.put("loads", loads);
            tree.put("last_load", lastLoad.toString());
            return tree;
        }
    }

    /**
     * Refuses environments that somebody may miss.
     *
     * @param others all other environments of the project, as they are
     * @throws HeadworksException of kind APPROVAL
     */
    public void requireExpendable(Collection<Environment> others) {
        if (project.environment().guarded()) {
            throw refused("it is guarded", "take guard out of headworks.yml first, if that is what you want");
        } else if (PRODUCTION.contains(environment.toLowerCase(Locale.ROOT))) {
            throw refused("by its name it is production", "drop its tables by hand, or give it another name first");
        } else if (others.isEmpty()) {
            throw refused("it is the project's only one", "drop its tables by hand");
        }
        others.stream()
                .filter(other -> environment.equals(other.readMissingFrom()))
                .findFirst()
                .ifPresent(reader -> {
                    throw refused(
                            "environment " + reader.name() + " reads tables from it",
                            "take read_missing_from out of " + reader.name() + " first");
                });
    }

    private HeadworksException refused(String why, String hint) {
        return new HeadworksException(
                FailureKind.APPROVAL, "Cannot drop environment " + environment + ": " + why, hint);
    }

    /** What there is to drop, in the order in which it goes: readers before what they read. */
    public List<Loaded> look() {
        List<Loaded> all = new ArrayList<>();
        try (Workbench.Session session = bench.open()) {
            for (Map.Entry<String, Connection> entry : project.connections().entrySet()) {
                Connector connector = bench.setup().connectors().of(entry.getValue());
                if (connector.isTarget()) {
                    all.addAll(look(entry.getKey(), session.connections().target(entry.getKey())));
                }
            }
        }
        List<String> order = project.graph().order();
        all.sort(Comparator.comparingInt(loaded -> -order.indexOf(loaded.pipeline())));
        return all;
    }

    private List<Loaded> look(String connection, Target target) {
        Map<String, List<LedgerRow>> byDataset = new LinkedHashMap<>();
        target.ledger(project.id(), environment)
                .forEach(row -> byDataset
                        .computeIfAbsent(row.key().dataset(), dataset -> new ArrayList<>())
                        .add(row));
        if (!byDataset.isEmpty() && !target.forgets()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot drop environment " + environment + ": connection " + connection
                            + " has tables of it, and tables cannot be taken out of its kind of target yet",
                    "remove them by hand");
        }
        List<Loaded> loaded = new ArrayList<>();
        byDataset.forEach((dataset, rows) -> {
            LedgerRow last = rows.get(rows.size() - 1);
            List<TableName> there = tables(dataset, rows).stream()
                    .filter(table -> OpenConnections.isThere(target, table))
                    .toList();
            loaded.add(new Loaded(
                    connection,
                    dataset,
                    there,
                    rows.size(),
                    last.committedAt(),
                    last.key().pipeline()));
        });
        return loaded;
    }

    /** The table, and the one beside it that a load of today's definition keeps versions in. */
    private List<TableName> tables(String dataset, List<LedgerRow> rows) {
        TableName table = DatasetName.parse(dataset).table();
        Set<TableName> tables = new LinkedHashSet<>(List.of(table));
        for (LedgerRow row : rows) {
            project.pipeline(row.key().pipeline())
                    .map(PipelineSpec::load)
                    .filter(load -> load.table().equals(table))
                    .flatMap(HistoryTable::besideName)
                    .ifPresent(tables::add);
        }
        return List.copyOf(tables);
    }

    /**
     * Drops it, target by target: each is done as a whole or not at all.
     *
     * @param shown what {@link #look} answered
     */
    public void drop(List<Loaded> shown) {
        Map<String, List<WrittenDataset>> byConnection = new LinkedHashMap<>();
        shown.forEach(loaded -> byConnection
                .computeIfAbsent(loaded.connection(), connection -> new ArrayList<>())
                .add(loaded.written()));
        try (Workbench.Session session = bench.open()) {
            byConnection.forEach((connection, written) ->
                    session.connections().target(connection).forget(project.id(), environment, written));
        }
        forget(shown);
    }

    /** Runs stay as the record of what was done; where they had come to is no longer so. */
    private void forget(List<Loaded> shown) {
        try (StateDatabase state = bench.state().open()) {
            new PositionCache(state).forget(environment);
        }
        shown.stream()
                .map(Loaded::pipeline)
                .distinct()
                .forEach(pipeline -> bench.workspace().kept().removeOf(pipeline, environment));
    }
}
