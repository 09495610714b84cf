package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import io.headworks.core.proof.RowDifference.Kind;
import io.headworks.core.spec.Expectation.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows with expected ones. Equal rows cancel out first, each once; of those left, two with the same key are one
 * row with other values.
 *
 * @param columns of both sides, in their order
 * @param key some of the columns; empty where rows have no key
 */
record RowComparison(DatasetName table, List<String> columns, List<String> key, Match match) {

    List<RowDifference> compare(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        List<List<@Nullable Object>> missing = without(expected, actual);
        List<List<@Nullable Object>> unexpected = without(actual, expected);
        if (missing.isEmpty() && unexpected.isEmpty()) {
            return match == Match.ORDERED ? order(expected, actual) : List.of();
        }
        List<RowDifference> differences = new ArrayList<>();
        for (List<@Nullable Object> row : missing) {
            List<@Nullable Object> other = ofSameKey(row, unexpected);
            if (other == null) {
                differences.add(new RowDifference(table, Kind.MISSING, key(row), null, tree(row), null));
            } else {
                unexpected.remove(other);
                differences.addAll(different(row, other));
            }
        }
        if (match != Match.SUBSET) {
            unexpected.forEach(
                    row -> differences.add(new RowDifference(table, Kind.UNEXPECTED, key(row), null, null, tree(row))));
        }
        return differences;
    }

    /** Rows of one side that the other does not have, or not as often. */
    private static List<List<@Nullable Object>> without(
            List<List<@Nullable Object>> rows, List<List<@Nullable Object>> others) {
        Map<List<@Nullable Object>, Integer> counts = new LinkedHashMap<>();
        others.forEach(row -> counts.merge(row, 1, Integer::sum));
        List<List<@Nullable Object>> left = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Integer count = counts.get(row);
            if (count == null || count == 0) {
                left.add(row);
            } else {
                counts.put(row, count - 1);
            }
        }
        return left;
    }

    private @Nullable List<@Nullable Object> ofSameKey(
            List<@Nullable Object> row, List<List<@Nullable Object>> others) {
        if (key.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> wanted = key(row);
        return others.stream()
                .filter(other -> key(other).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    private List<RowDifference> different(List<@Nullable Object> expected, List<@Nullable Object> actual) {
        List<RowDifference> differences = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!Objects.equals(expected.get(i), actual.get(i))) {
                differences.add(new RowDifference(
                        table, Kind.DIFFERENT, key(expected), columns.get(i), expected.get(i), actual.get(i)));
            }
        }
        return differences;
    }

    private List<RowDifference> order(List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        List<RowDifference> differences = new ArrayList<>();
        for (int i = 0; i < expected.size() && differences.isEmpty(); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                differences.add(new RowDifference(
                        table, Kind.ORDER, Map.of("row", i + 1), null, tree(expected.get(i)), tree(actual.get(i))));
            }
        }
        return differences;
    }

    private Map<String, @Nullable Object> key(List<@Nullable Object> row) {
        return key.isEmpty() ? tree(row) : some(row, key);
    }

    private Map<String, @Nullable Object> tree(List<@Nullable Object> row) {
        return some(row, columns);
    }

    private Map<String, @Nullable Object> some(List<@Nullable Object> row, List<String> names) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        names.forEach(name -> tree.put(name, row.get(columns.indexOf(name))));
        return tree;
    }
}
