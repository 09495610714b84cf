package io.headworks.duckdb.engine;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.sql.Datasets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The datasets a session was told about. Names compare in their exact case first, then without it. */
final class BoundDatasets implements Datasets {
    private final Map<DatasetName, Relation> bound = new LinkedHashMap<>();

    void bind(DatasetName name, Relation relation) {
        bound.put(name, relation);
    }

    @Override
    public Optional<Relation> find(DatasetName name) {
        Relation exact = bound.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return name.connection() == null ? findWritten(name.table().toString()) : Optional.empty();
    }

    @Override
    public Optional<Relation> findWritten(String name) {
        List<DatasetName> fitting = fitting(name, true);
        if (fitting.isEmpty()) {
            fitting = fitting(name, false);
        }
        if (fitting.size() > 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot tell which dataset " + name + " is: it fits " + fitting,
                    "Write it as \"connection:table\" with the quotes.");
        }
        return fitting.stream().findFirst().map(bound::get);
    }

    private List<DatasetName> fitting(String written, boolean exactCase) {
        return bound.keySet().stream()
                .filter(name -> same(name.toString(), written, exactCase)
                        || same(name.table().toString(), written, exactCase))
                .toList();
    }

    private static boolean same(String one, String other, boolean exactCase) {
        return exactCase ? one.equals(other) : one.equalsIgnoreCase(other);
    }

    /** All names bound, in the order they were bound. */
    List<String> names() {
        return bound.keySet().stream().map(DatasetName::toString).toList();
    }
}
