package io.headworks.core.lineage;

import io.headworks.api.lineage.SourceColumn;
import io.headworks.core.lineage.Change.Kind;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which pipelines changes reach, by the columns that they use. */
final class Reach {
    private final ProjectLineage after;
    private final ColumnWalk walkBefore;
    private final ColumnWalk walkAfter;
    private final DatasetWalk datasets;
    private final Map<String, Reached> reached = new LinkedHashMap<>();

    private static final class Reached {
        private final Set<String> by = new LinkedHashSet<>();
        private final Set<String> columns = new LinkedHashSet<>();
        private boolean whole;
    }

    Reach(ProjectLineage before, ProjectLineage after) {
        this.after = after;
        this.walkBefore = new ColumnWalk(before);
        this.walkAfter = new ColumnWalk(after);
        this.datasets = new DatasetWalk(after);
    }

    List<Hit> of(List<Change> changes) {
        Set<String> changed = new LinkedHashSet<>();
        changes.forEach(change -> {
            changed.add(change.pipeline());
            follow(change);
        });
        List<Hit> hits = new ArrayList<>();
        after.all().values().forEach(dataset -> {
            Reached found = reached.get(ProjectLineage.key(dataset.dataset()));
            if (found != null && !changed.contains(dataset.pipeline())) {
                hits.add(hit(dataset, found));
            }
        });
        return hits;
    }

    private static Hit hit(DatasetLineage dataset, Reached found) {
        boolean rows = found.whole && dataset.unknown() == null;
        return new Hit(
                dataset.pipeline(),
                dataset.dataset(),
                List.copyOf(found.by),
                rows,
                rows ? List.of() : List.copyOf(found.columns),
                dataset.unknown());
    }

    private void follow(Change change) {
        boolean all = change.kind() == Kind.BREAKING && change.columns().isEmpty()
                || change.kind() == Kind.REMOVED
                || change.kind() == Kind.NEW;
        if (all) {
            everything(change.dataset(), change.pipeline());
            readersOfGroup(change.pipeline());
            return;
        }
        List<SourceColumn> columns = new ArrayList<>();
        change.columns().forEach(column -> columns.add(new SourceColumn(change.dataset(), column)));
        change.added().forEach(column -> columns.add(new SourceColumn(change.dataset(), column)));
        boolean allOfThem = after.ofPipeline(change.pipeline())
                .map(dataset -> change.columns().containsAll(dataset.columnNames()))
                .orElse(false);
        if (allOfThem && change.kind() == Kind.BREAKING) {
            // Rows may have come or gone: also who names no column of it has others then.
            everything(change.dataset(), change.pipeline());
            return;
        }
        edges(walkBefore.down(columns), change);
        edges(walkAfter.down(columns), change);
        Set<String> tables = new LinkedHashSet<>(List.of(change.dataset()));
        walkAfter.down(columns).forEach(edge -> tables.add(edge.to().table()));
        if (!columns.isEmpty()) {
            tables.forEach(table -> blind(table, change.pipeline()));
        }
    }

    private void edges(List<Edge> edges, Change change) {
        for (Edge edge : edges) {
            Reached found = at(edge.to().table(), change.pipeline());
            found.columns.add(edge.to().column());
            after.ofDataset(edge.to().table())
                    .filter(dataset -> dataset.rows().columns().contains(edge.from()))
                    .ifPresent(dataset -> found.whole |= edge.uses().stream().anyMatch(use -> !use.isDirect()));
        }
    }

    /** Where lineage is not known, everything may be reached. */
    private void blind(String table, String by) {
        datasets.readBy(table).stream()
                .filter(next -> after.ofDataset(next)
                        .map(dataset -> dataset.unknown() != null)
                        .orElse(false))
                .forEach(next -> {
                    at(next, by);
                    everything(next, by);
                });
    }

    /** Of a pipeline of many tables it is not known which of them change. */
    private void readersOfGroup(String group) {
        for (PipelineSpec reader : after.project().pipelines()) {
            if (reader.uses().stream().anyMatch(use -> group.equals(use.producer()))
                    && after.project().pipeline(group).isEmpty()) {
                String dataset = reader.writes().toString();
                at(dataset, group).whole = true;
                everything(dataset, group);
            }
        }
    }

    private void everything(String dataset, String by) {
        for (DatasetEdge edge : datasets.edges(dataset, false)) {
            at(edge.to(), by).whole = true;
        }
    }

    private Reached at(String dataset, String by) {
        Reached found = reached.computeIfAbsent(ProjectLineage.key(dataset), first -> new Reached());
        found.by.add(by);
        return found;
    }
}
