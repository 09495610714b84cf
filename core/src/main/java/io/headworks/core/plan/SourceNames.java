package io.headworks.core.plan;

import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.name.NameRule;
import io.headworks.api.name.StoredName;
import io.headworks.api.name.StoredName.Of;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the columns of a source are called from the extract on, where their own names differ only in case and the engine
 * would take them for one. The one that came first keeps its name; what each was called once it is called for ever.
 *
 * @param names by the source's name; empty where each keeps its own
 * @param fresh those that the target does not remember yet
 */
public record SourceNames(Map<String, String> names, List<StoredName> fresh) {
    public static final SourceNames NONE = new SourceNames(Map.of(), List.of());

    private static final NameRule RULE = NameRule.ANY;

    public SourceNames {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        fresh = List.copyOf(fresh);
    }

    /** @param source the columns as the source calls them, in its order */
    public static SourceNames of(Schema source, LedgerKey key, TargetState target) {
        return new Choice(source.names(), key, target).made();
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** A column of the source as it is called from here on. */
    public String called(String own) {
        return names.getOrDefault(own, own);
    }

    /** The source's own name of a column. */
    public String own(String called) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(called))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(called);
    }

    public Schema called(Schema own) {
        return new Schema(own.fields().stream()
                .map(field -> new Field(called(field.name()), field.type(), field.nullable()))
                .toList());
    }

    public Schema own(Schema called) {
        return new Schema(called.fields().stream()
                .map(field -> new Field(own(field.name()), field.type(), field.nullable()))
                .toList());
    }

    /** For the plan. */
    public List<String> notes() {
        String renamed = names.entrySet().stream()
                .filter(name -> !name.getKey().equals(name.getValue()))
                .map(name -> "'" + name.getKey() + "' as '" + name.getValue() + "'")
                .collect(Collectors.joining(", "));
        return renamed.isEmpty()
                ? List.of()
                : List.of("columns of the source whose names differ only in case are called otherwise from here on: "
                        + renamed);
    }

    private static final class Choice {
        private final List<String> source;
        private final String owner;
        private final Map<String, String> known = new LinkedHashMap<>();
        private final Set<String> stored;
        private final Map<String, String> names = new LinkedHashMap<>();
        private final Set<String> taken = new LinkedHashSet<>();

        Choice(List<String> source, LedgerKey key, TargetState target) {
            this.source = source;
            this.owner = String.join("/", key.projectId(), key.environment(), key.tenant(), key.pipeline());
            target.names().stream()
                    .filter(name ->
                            name.of() == Of.SOURCE_COLUMN && name.owner().equals(owner))
                    .forEach(name -> known.put(name.name(), name.stored()));
            this.stored = target.schema() == null
                    ? Set.of()
                    : Set.copyOf(target.schema().names());
        }

        SourceNames made() {
            Map<String, Long> alike =
                    source.stream().distinct().collect(Collectors.groupingBy(RULE::folded, Collectors.counting()));
            List<String> concerned = source.stream()
                    .distinct()
                    .filter(name -> known.containsKey(name) || alike.getOrDefault(RULE.folded(name), 0L) > 1)
                    .toList();
            known.values().forEach(name -> taken.add(RULE.folded(name)));
            source.stream().filter(name -> !concerned.contains(name)).forEach(name -> taken.add(RULE.folded(name)));
            concerned.stream().filter(known::containsKey).forEach(name -> names.put(name, known.get(name)));
            // a column that the table has under its own name was there before those that only resemble it
            concerned.stream().filter(stored::contains).forEach(this::choose);
            concerned.forEach(this::choose);
            List<StoredName> fresh = new ArrayList<>();
            names.forEach((own, called) -> {
                if (!known.containsKey(own)) {
                    fresh.add(new StoredName(Of.SOURCE_COLUMN, owner, own, called));
                }
            });
            return new SourceNames(names, fresh);
        }

        private void choose(String own) {
            if (!names.containsKey(own)) {
                boolean free = taken.add(RULE.folded(own));
                String called = free ? own : RULE.distinct(own, candidate -> !taken.add(RULE.folded(candidate)));
                names.put(own, called);
            }
        }
    }
}
