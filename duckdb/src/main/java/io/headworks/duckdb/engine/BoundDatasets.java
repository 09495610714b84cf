package io.headworks.duckdb.engine;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.duckdb.sql.Datasets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The datasets a session was told about. Names compare in their exact case first, then without it. */
final class BoundDatasets implements Datasets {
    private final Map<DatasetName, Bound> bound = new LinkedHashMap<>();

    private record Bound(Relation rows, @Nullable Load load) {}

    void bind(DatasetName name, Relation relation, @Nullable Load load) {
        bound.put(name, new Bound(relation, load));
    }

    @Override
    public Optional<Relation> find(DatasetName name) {
        return bound(name).map(Bound::rows);
    }

    @Override
    public Optional<Load> load(DatasetName name) {
        return bound(name).map(Bound::load);
    }

    @Override
    public Optional<Relation> findWritten(String name) {
        return named(name).map(Bound::rows);
    }

    private Optional<Bound> bound(DatasetName name) {
        Bound exact = bound.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return name.connection() == null ? named(name.table().toString()) : Optional.empty();
    }

    private Optional<Bound> named(String name) {
        // what was bound under this very name is meant, whatever else ends so
        List<DatasetName> fitting = Stream.<BiPredicate<DatasetName, String>>of(
                        (each, written) -> each.toString().equals(written),
                        (each, written) -> each.table().toString().equals(written),
                        (each, written) -> each.toString().equalsIgnoreCase(written),
                        (each, written) -> each.table().toString().equalsIgnoreCase(written))
                .map(fits -> bound.keySet().stream()
                        .filter(each -> fits.test(each, name))
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (fitting.size() > 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot tell which dataset " + name + " is: it fits " + fitting,
                    "Write it as \"connection:table\" with the quotes.");
        }
        return fitting.stream().findFirst().map(bound::get);
    }

    /** All names bound, in the order they were bound. */
    List<String> names() {
        return bound.keySet().stream().map(DatasetName::toString).toList();
    }
}
