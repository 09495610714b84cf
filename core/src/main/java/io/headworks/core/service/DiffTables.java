package io.headworks.core.service;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.diff.BucketCount;
import io.headworks.core.diff.DiffRequest;
import io.headworks.core.diff.DiffResult;
import io.headworks.core.diff.PairColumns;
import io.headworks.core.diff.PairColumns.KnownKey;
import io.headworks.core.diff.Pairing;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares two tables, wherever they are, row by row: equal buckets by their hashes, the others by their rows. */
public final class DiffTables {
    private final Workbench bench;
    private final AcrossEnvironments environments;

    /** @param environments by whose project the bench was made */
    public DiffTables(Workbench bench, AcrossEnvironments environments) {
        this.bench = bench;
        this.environments = environments;
    }

    public DiffResult run(DiffRequest request) {
        NamedDataset names = new NamedDataset(bench.project());
        DatasetName a = names.of("compare", request.a());
        DatasetName b = names.of("compare", request.b());
        if (a.equals(b)) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot compare " + a + " with itself", "name two tables: hw diff A B");
        }
        try (Workbench.Session session = bench.open()) {
            DiffTable left = DiffTable.open(bench, session, a, request.where().a(), "diff_left");
            DiffTable right = DiffTable.open(bench, session, b, request.where().b(), "diff_right");
            Pairing pairing =
                    new PairColumns(request, left.schema(), right.schema(), ours(a, b)).pair(keys(left, right));
            int buckets = BucketCount.of(left.rows(), right.rows());
            return new TableComparison(session, request, pairing, left, right, buckets, bench.cancellation()).run();
        }
    }

    /** What a load is told to keep apart by is meant to tell rows apart; a primary key may be made by one system alone. */
    private List<KnownKey> keys(DiffTable left, DiffTable right) {
        List<KnownKey> keys = new ArrayList<>();
        for (DiffTable table : List.of(left, right)) {
            producer(table.dataset())
                    .ifPresent(pipeline -> keys.add(
                            new KnownKey(pipeline.load().uniqueKey(), "merge keys of pipeline " + pipeline.name())));
        }
        for (DiffTable table : List.of(left, right)) {
            keys.add(new KnownKey(table.primaryKey(), "primary key of " + table.dataset()));
        }
        return keys;
    }

    /** Columns that a load adds differ from one table to the next. */
    private Set<String> ours(DatasetName a, DatasetName b) {
        Set<String> ours = new LinkedHashSet<>();
        Stream.of(a, b)
                .map(this::producer)
                .flatMap(Optional::stream)
                .map(pipeline -> pipeline.load().audit())
                .flatMap(Stream::ofNullable)
                .forEach(audit -> {
                    ours.add(audit.run());
                    ours.add(audit.loadedAt());
                });
        return ours;
    }

    private Optional<PipelineSpec> producer(DatasetName dataset) {
        return environments.producer(dataset);
    }
}
