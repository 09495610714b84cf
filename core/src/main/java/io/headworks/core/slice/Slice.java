package io.headworks.core.slice;

import java.time.ZoneId;
import java.util.Optional;

/** A half-open part of history, [from, to). */
public record Slice(Bound from, Bound to) implements Comparable<Slice> {

    /** Empty when the texts are no times or numbers, or do not stand in this order. */
    public static Optional<Slice> read(String from, String to, ZoneId zone) {
        Optional<Bound> start = Bound.read(from, zone);
        Optional<Bound> end = Bound.read(to, zone);
        return start.isPresent()
                        && end.isPresent()
                        && start.get().isTime() == end.get().isTime()
                        && start.get().isBefore(end.get())
                ? Optional.of(new Slice(start.get(), end.get()))
                : Optional.empty();
    }

    public boolean overlaps(Slice other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    /** True where this one ends at the other's beginning. */
    public boolean meets(Slice other) {
        return to.equals(other.from);
    }

    public boolean contains(Slice other) {
        return !other.from.isBefore(from) && !to.isBefore(other.to);
    }

    @Override
    public int compareTo(Slice other) {
        int order = from.compareTo(other.from);
        return order != 0 ? order : to.compareTo(other.to);
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
