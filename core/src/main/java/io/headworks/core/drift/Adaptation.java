package io.headworks.core.drift;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What gives the stages of a pipeline the columns that they knew, whatever the source calls them now: operations for a
 * stage before all others. New columns stay as they are, for the load's policy to decide on.
 *
 * @param renames from the name that the source uses now to the one it had
 * @param nulls columns that are gone, as NULL
 * @param casts to the types that columns had
 */
public record Adaptation(Map<String, String> renames, List<String> nulls, Map<String, String> casts) {

    /**
     * Decides what to do about each change.
     *
     * @param renamed what somebody says that columns are called now, by the name they had
     * @param missing columns that somebody says to go on as NULL
     * @param keepsTypes whether wider types are taken back too; types that are no wider always are
     * @throws HeadworksException of kind PROJECT when somebody must say what became of a column
     */
    public static Adaptation of(
            SourceDrift drift, Map<String, String> renamed, Set<String> missing, boolean keepsTypes) {
        return new Deciding(drift, renamed, missing, keepsTypes).decide();
    }

    public boolean isEmpty() {
        return renames.isEmpty() && nulls.isEmpty() && casts.isEmpty();
    }

    private static final class Deciding {
        private final SourceDrift drift;
        private final Map<String, String> renamed;
        private final Set<String> missing;
        private final boolean keepsTypes;
        private final Map<String, String> renames = new LinkedHashMap<>();
        private final List<String> nulls = new ArrayList<>();
        private final Map<String, String> casts = new LinkedHashMap<>();
        private final List<String> open = new ArrayList<>();
        private final Set<String> unused;

        Deciding(SourceDrift drift, Map<String, String> renamed, Set<String> missing, boolean keepsTypes) {
            this.drift = drift;
            this.renamed = renamed;
            this.missing = missing;
            this.keepsTypes = keepsTypes;
            this.unused = new LinkedHashSet<>(renamed.keySet());
            unused.addAll(missing);
        }

        Adaptation decide() {
            drift.changes().forEach(this::decide);
            refuse();
            return new Adaptation(renames, nulls, casts);
        }

        private void decide(ColumnChange change) {
            if (change instanceof ColumnChange.Removed removed) {
                gone(removed.field());
            } else if (change instanceof ColumnChange.Recased recased) {
                renames.put(recased.after().name(), recased.before().name());
            } else if (change instanceof ColumnChange.Retyped retyped && (keepsTypes || !isWider(retyped))) {
                casts.put(retyped.before().name(), retyped.before().type().toString());
            }
        }

        private static boolean isWider(ColumnChange.Retyped retyped) {
            return retyped.kind().equals("widening");
        }

        private void gone(Field field) {
            String now = renamed.get(field.name());
            unused.remove(field.name());
            if (now != null) {
                Field found = added(now);
                if (found == null) {
                    open.add(
                            "'" + field.name() + "' cannot be called '" + now + "' now: the source has no new column of"
                                    + " that name (new: " + String.join(", ", names()) + ")");
                    return;
                }
                renames.put(now, field.name());
                if (!found.type().equals(field.type())) {
                    casts.put(field.name(), field.type().toString());
                }
            } else if (missing.contains(field.name())) {
                nulls.add(field.name());
                casts.put(field.name(), field.type().toString());
            } else {
                open.add("column '" + field.name() + "' is gone");
            }
        }

        private @Nullable Field added(String name) {
            return drift.changes().stream()
                    .filter(ColumnChange.Added.class::isInstance)
                    .map(change -> ((ColumnChange.Added) change).field())
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        private List<String> names() {
            return drift.changes().stream()
                    .filter(ColumnChange.Added.class::isInstance)
                    .map(ColumnChange::column)
                    .toList();
        }

        private void refuse() {
            unused.forEach(column -> open.add("column '" + column + "' is not gone"));
            if (!open.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot adapt to the source: " + String.join("; ", open),
                        "say what became of each column that is gone: --rename OLD=NEW, or --as-null OLD");
            }
        }
    }

    /** The operations as YAML, in the order in which they run. */
    public List<String> operations() {
        List<String> operations = new ArrayList<>();
        if (!renames.isEmpty()) {
            operations.add("rename: " + flow(renames));
        }
        if (!nulls.isEmpty()) {
            Map<String, String> values = new LinkedHashMap<>();
            nulls.forEach(column -> values.put(column, "cast(null as text)"));
            operations.add("derive: " + flow(values));
        }
        if (!casts.isEmpty()) {
            operations.add("cast: " + flow(casts));
        }
        return operations;
    }

    private static String flow(Map<String, String> values) {
        List<String> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(quoted(key) + ": " + quoted(value)));
        return "{" + String.join(", ", entries) + "}";
    }

    /** Plain where nobody could read anything else into it. */
    private static String quoted(String text) {
        boolean plain =
                text.matches("[A-Za-z_][A-Za-z0-9_]*") && !text.matches("(?i)null|true|false|yes|no|on|off|y|n");
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
