package io.headworks.connector.postgres.copy;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a batch with a value that has no place in its column's type, each with its first reason. */
final class Unfit {
    private final Map<Integer, Reason> reasons = new TreeMap<>();
    private int column;

    /** Why a row is rejected: {@code what} reads "is infinity". */
    record Reason(int column, String what) {}

    void enter(int columnIndex) {
        column = columnIndex;
    }

    void add(int row, String what) {
        reasons.putIfAbsent(row, new Reason(column, what));
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }

    Map<Integer, Reason> reasons() {
        return reasons;
    }

    BitSet rows() {
        BitSet rows = new BitSet();
        reasons.keySet().forEach(rows::set);
        return rows;
    }
}
