package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which columns names mean at one place: those of FROM, then names given in the select list, then those further out. */
final class Scope {
    private final From from;
    private final @Nullable Scope outer;
    private final Map<String, Dependence> aliases = new HashMap<>();
    private final Set<String> parameters = new HashSet<>();

    Scope(From from, @Nullable Scope outer) {
        this.from = from;
        this.outer = outer;
    }

    /** Inside a lambda: its parameters hide columns. */
    static Scope lambda(List<String> parameters, Scope outer) {
        Scope scope = new Scope(From.NOTHING, outer);
        parameters.forEach(name -> scope.parameters.add(key(name)));
        return scope;
    }

    From from() {
        return from;
    }

    /** Names what a select list has made; the first of a name stays. */
    void name(String alias, Dependence made) {
        aliases.putIfAbsent(key(alias), made);
    }

    Optional<Dependence> alias(String name) {
        return Optional.ofNullable(aliases.get(key(name)));
    }

    /** The column that a name with its qualifiers means. */
    Column column(List<String> names) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Optional<Column> found = scope.own(names);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new CannotTell("column " + String.join(".", names) + " is in none of its tables");
    }

    /** The same without names given in the select list; empty where there is none of FROM. */
    Optional<Column> columnOfFrom(String name) {
        return listed(name).or(() -> unlisted(name));
    }

    boolean knows(List<String> names) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.own(names).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<Column> own(List<String> names) {
        return names.size() == 1 ? unqualified(names.get(0)) : qualified(names);
    }

    private Optional<Column> qualified(List<String> names) {
        String first = names.get(0);
        if (parameters.contains(key(first))) {
            return Optional.of(new Column(names.get(names.size() - 1), Dependence.NONE));
        }
        Optional<Column> of = from.called(first).flatMap(relation -> relation.column(names.get(1)));
        if (of.isPresent()) {
            return names.size() == 2 ? of : of.map(column -> part(column, names));
        }
        return unqualified(first).map(column -> part(column, names));
    }

    /** A field of a struct. */
    private static Column part(Column column, List<String> names) {
        return new Column(names.get(names.size() - 1), column.from().as(Use.COMPUTED));
    }

    private Optional<Column> unqualified(String name) {
        if (parameters.contains(key(name))) {
            return Optional.of(new Column(name, Dependence.NONE));
        }
        Optional<Column> found = listed(name);
        if (found.isPresent()) {
            return found;
        }
        refuseDoubt(name);
        return unlisted(name)
                .or(() -> alias(name).map(made -> new Column(name, made)))
                .or(() -> from.called(name).map(relation -> new Column(name, relation.whole())));
    }

    private Optional<Column> listed(String name) {
        List<From.Item> items =
                from.star().stream().filter(item -> item.isCalled(name)).toList();
        if (items.size() > 1) {
            throw new CannotTell(
                    "column " + name + " is in " + items.get(0).relation().alias() + " and in "
                            + items.get(1).relation().alias());
        }
        return items.stream().map(From.Item::column).findFirst();
    }

    private Optional<Column> unlisted(String name) {
        List<Relation> open = Relation.isOfTheLoad(name)
                ? from.relations().stream()
                        .filter(relation -> !relation.table().isEmpty())
                        .toList()
                : from.open();
        List<Relation> sure =
                open.stream().filter(relation -> relation.isProven(name)).toList();
        List<Relation> candidates = sure.isEmpty() ? open : sure;
        if (candidates.size() > 1) {
            throw new CannotTell(
                    "column " + name + " may be of " + tables(candidates) + ", whose columns are not known");
        }
        return candidates.stream().findFirst().flatMap(relation -> relation.unlisted(name));
    }

    /** A table whose columns are not known may have this one, or may not, and then the name means another. */
    private void refuseDoubt(String name) {
        List<Relation> open = from.open();
        if (open.isEmpty() || open.stream().anyMatch(relation -> relation.isProven(name))) {
            return;
        }
        boolean named = alias(name).isPresent();
        if (named || outer != null && outer.isListed(name)) {
            throw new CannotTell("column " + name + " may be of " + tables(open) + ", whose columns are not known, or "
                    + (named ? "what the select list calls so" : "of the query around it"));
        }
    }

    private boolean isListed(String name) {
        return from.star().stream().anyMatch(item -> item.isCalled(name)) || outer != null && outer.isListed(name);
    }

    private static String tables(List<Relation> relations) {
        return relations.stream().map(Relation::table).distinct().collect(Collectors.joining(" or "));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
