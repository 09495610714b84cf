package io.headworks.core.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.RowHashing;
import io.headworks.api.diff.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns are compared, and which are not.
 *
 * @param keyFrom where the key is known from, for people
 * @param onlyInA columns that the other side does not have and nobody left out: the tables differ
 * @param leftOut columns that are not compared because they are ours or somebody said so
 * @param rows which rows are compared, as sentences; empty for all
 */
public record Pairing(
        List<ColumnPair> key,
        String keyFrom,
        List<ColumnPair> values,
        List<String> onlyInA,
        List<String> onlyInB,
        List<String> leftOut,
        List<String> rows) {
    public Pairing {
        key = List.copyOf(key);
        values = List.copyOf(values);
        onlyInA = List.copyOf(onlyInA);
        onlyInB = List.copyOf(onlyInB);
        leftOut = List.copyOf(leftOut);
        rows = List.copyOf(rows);
    }

    public RowHashing hashingA(int buckets) {
        return new RowHashing(
                key.stream().map(ColumnPair::onA).toList(),
                values.stream().map(ColumnPair::onA).toList(),
                buckets,
                byRemainder());
    }

    public RowHashing hashingB(int buckets) {
        return new RowHashing(
                key.stream().map(ColumnPair::onB).toList(),
                values.stream().map(ColumnPair::onB).toList(),
                buckets,
                byRemainder());
    }

    private boolean byRemainder() {
        return key.size() == 1
                && RowHashing.hasRemainder(key.get(0).a().type())
                && RowHashing.hasRemainder(key.get(0).b().type());
    }

    /** True where keys that a system tells apart may be the same here. */
    public boolean mergesKeys() {
        return key.stream()
                .map(ColumnPair::form)
                .anyMatch(form -> form instanceof CanonicalForm.Folded
                        || form instanceof CanonicalForm.Characters characters && characters.trimmed());
    }

    /** One for each column after the key. */
    public List<@Nullable Tolerance> tolerances() {
        List<@Nullable Tolerance> tolerances = new ArrayList<>();
        values.forEach(pair -> tolerances.add(pair.tolerance()));
        return tolerances;
    }

    /** How values were made comparable, each sentence once. */
    public List<String> rules() {
        LinkedHashSet<String> rules = new LinkedHashSet<>(rows);
        Stream.concat(key.stream(), values.stream()).forEach(pair -> rules.addAll(pair.rules()));
        return List.copyOf(rules);
    }
}
