package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.name.NameRule;
import io.headworks.api.name.StoredName;
import io.headworks.api.name.StoredName.Of;
import io.headworks.api.target.TargetState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a table and its new columns are called in a target that cannot have their names. */
final class TargetNames {
    private final Load load;
    private final NameRule rule;
    private final TargetState target;

    TargetNames(Load load, NameRule rule, TargetState target) {
        this.load = load;
        this.rule = rule;
        this.target = target;
    }

    /** The changes, and before them the names that the target must remember first. */
    List<SchemaChange> before(List<SchemaChange> changes, SourceNames source) {
        List<StoredName> names = new ArrayList<>(source.fresh());
        String table = load.table().table();
        if (!rule.holds(table)) {
            refuseOthersTable(table);
            names.add(new StoredName(Of.TABLE, table, rule.fitted(table)));
        }
        names.addAll(columns(changes, source));
        List<SchemaChange> all = new ArrayList<>();
        names.stream()
                .filter(name -> !target.names().contains(name))
                .forEach(name -> all.add(new SchemaChange.KeepName(name)));
        all.addAll(changes);
        return all;
    }

    /** Two names may have the same beginning and, once in four thousand million, the same mark. */
    private void refuseOthersTable(String table) {
        boolean ours = target.names().stream()
                .anyMatch(name -> name.of() == Of.TABLE && name.name().equals(table));
        if (target.schema() != null && !ours) {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE,
                    "Cannot load into " + load.table() + ": the target would call it '" + rule.fitted(table)
                            + "', and has a table of that name that was not made for it",
                    "give load.table another name, or rename that table");
        }
    }

    private List<StoredName> columns(List<SchemaChange> changes, SourceNames source) {
        List<StoredName> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        if (target.schema() != null) {
            target.schema().names().forEach(name -> taken.add(rule.folded(stored(name))));
        }
        Set<String> fresh = new LinkedHashSet<>(fresh(changes));
        Set<String> others = new LinkedHashSet<>();
        for (String name : fresh) {
            if (isLikeAtTheSource(name, source) && taken.add(source.own(name))) {
                names.add(new StoredName(Of.COLUMN, name, source.own(name)));
            } else if (!rule.holds(name) || !taken.add(rule.folded(name))) {
                others.add(name);
            }
        }
        others.forEach(name -> names.add(new StoredName(Of.COLUMN, name, remembered(name, taken))));
        return names;
    }

    /** A target that tells case apart can have the source's names, of which the engine would see one alone. */
    private boolean isLikeAtTheSource(String name, SourceNames source) {
        String own = source.own(name);
        return rule.tellsCase()
                && !own.equals(name)
                && rule.holds(own)
                && stored(name).equals(name);
    }

    /** A run that was stopped between the name and the column has left the name. */
    private String remembered(String name, Set<String> taken) {
        String known = stored(name);
        boolean free = rule.holds(known) && taken.add(rule.folded(known));
        return free ? known : rule.distinct(name, candidate -> !taken.add(rule.folded(candidate)));
    }

    private static List<String> fresh(List<SchemaChange> changes) {
        List<String> fresh = new ArrayList<>();
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.CreateTable create) {
                fresh.addAll(create.schema().names());
            } else if (change instanceof SchemaChange.AddColumn add) {
                fresh.add(add.field().name());
            }
        }
        return fresh;
    }

    private String stored(String own) {
        return target.names().stream()
                .filter(name -> name.of() == Of.COLUMN && name.name().equals(own))
                .map(StoredName::stored)
                .findFirst()
                .orElse(own);
    }

    /** For the plan: names that are remembered already. */
    static List<String> notes(TargetState target) {
        String stored = target.names().stream()
                .filter(name -> name.of() != Of.SOURCE_COLUMN)
                .map(name -> (name.of() == Of.TABLE ? "the table" : "column '" + name.name() + "'") + " as '"
                        + name.stored() + "'")
                .collect(Collectors.joining(", "));
        return stored.isEmpty() ? List.of() : List.of("stored under other names: " + stored);
    }
}
