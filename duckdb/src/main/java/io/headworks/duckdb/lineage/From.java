package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands after FROM.
 *
 * @param relations by whose names columns can be qualified
 * @param star what {@code *} gives, in order; columns that USING made one stand there once
 * @param rows what decides which rows there are
 */
record From(List<Relation> relations, List<Item> star, Dependence rows) {
    static final From NOTHING = new From(List.of(), List.of(), Dependence.NONE);

    /** A column of a relation; null for all columns of one that is open. */
    record Item(Relation relation, @Nullable Column column) {
        boolean isCalled(String name) {
            return column != null && column.name().equalsIgnoreCase(name);
        }
    }

    From {
        relations = List.copyOf(relations);
        star = List.copyOf(star);
    }

    static From of(Relation relation, Dependence rows) {
        List<Item> star = new ArrayList<>();
        relation.columns().forEach(column -> star.add(new Item(relation, column)));
        if (relation.isOpen()) {
            star.add(new Item(relation, null));
        }
        return new From(List.of(relation), star, rows);
    }

    Optional<Relation> called(String alias) {
        return relations.stream().filter(each -> each.isCalled(alias)).findFirst();
    }

    List<Relation> open() {
        return star.stream()
                .filter(item -> item.column() == null)
                .map(Item::relation)
                .toList();
    }

    From with(Dependence more) {
        return new From(relations, star, rows.and(more));
    }
}
