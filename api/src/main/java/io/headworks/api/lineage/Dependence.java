package io.headworks.api.lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns that something depends on, each with what it is taken for, in the order in which they were found. */
public record Dependence(Map<SourceColumn, Set<Use>> uses) {
    public static final Dependence NONE = new Dependence(Map.of());

    public Dependence {
        Map<SourceColumn, Set<Use>> ordered = new LinkedHashMap<>();
        uses.forEach((column, each) -> {
            Set<Use> used = EnumSet.copyOf(each);
            if (used.contains(Use.COMPUTED)) {
                used.remove(Use.COPIED);
            }
            ordered.put(column, Collections.unmodifiableSet(used));
        });
        uses = Collections.unmodifiableMap(ordered);
    }

    /** On one column. */
    public static Dependence on(SourceColumn column, Use use) {
        return new Dependence(Map.of(column, Set.of(use)));
    }

    public static Dependence all(Collection<Dependence> parts) {
        List<Dependence> some =
                parts.stream().filter(part -> !part.uses.isEmpty()).toList();
        if (some.size() <= 1) {
            return some.isEmpty() ? NONE : some.get(0);
        }
        Map<SourceColumn, Set<Use>> uses = new LinkedHashMap<>();
        some.forEach(part -> part.uses.forEach((column, each) ->
                uses.computeIfAbsent(column, first -> EnumSet.noneOf(Use.class)).addAll(each)));
        return new Dependence(uses);
    }

    public Dependence and(Dependence other) {
        return other.uses.isEmpty() ? this : uses.isEmpty() ? other : all(List.of(this, other));
    }

    /** The same, of something that is made from it in this way. */
    public Dependence as(Use outer) {
        if (uses.isEmpty() || outer == Use.COPIED) {
            return this;
        }
        Map<SourceColumn, Set<Use>> within = new LinkedHashMap<>();
        uses.forEach((column, each) ->
                within.put(column, each.stream().map(use -> use.within(outer)).collect(Collectors.toSet())));
        return new Dependence(within);
    }

    /** The same without the values: only what decides about others. */
    public Dependence indirect() {
        return only(false);
    }

    /** The same without what only decides about others. */
    public Dependence direct() {
        return only(true);
    }

    private Dependence only(boolean direct) {
        Map<SourceColumn, Set<Use>> left = new LinkedHashMap<>();
        uses.forEach((column, each) -> {
            Set<Use> some =
                    each.stream().filter(use -> use.isDirect() == direct).collect(Collectors.toSet());
            if (!some.isEmpty()) {
                left.put(column, some);
            }
        });
        return left.size() == uses.size() && left.equals(uses) ? this : new Dependence(left);
    }

    /** The same with each column in place of what it depends on itself. */
    public Dependence through(Function<SourceColumn, Dependence> inner) {
        List<Dependence> parts = new ArrayList<>();
        uses.forEach((column, each) -> {
            Dependence from = inner.apply(column);
            each.forEach(use -> parts.add(from.as(use)));
        });
        return all(parts);
    }

    public Set<SourceColumn> columns() {
        return uses.keySet();
    }
}
