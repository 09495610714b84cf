package io.headworks.core.spec.loading;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.source.SourceTable;
import io.headworks.core.spec.TableGroup.Refusal;
import io.headworks.core.spec.TablePattern;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why tables of a source are no pipelines. */
final class TableRefusals {
    private static final int SHOWN = 20;

    /** What a definition can hold; a placeholder in a table's name would be filled in. */
    private static final Pattern NAMEABLE = Pattern.compile("(?!.*\\$\\{)[^:.()\\s](?:[^:.()]*[^:.()\\s])?");

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]+");

    private TableRefusals() {}

    /** Null for a table that can be a pipeline. */
    static @Nullable Refusal of(ManyTables many, SourceTable table, TablePattern pattern) {
        TableName name = table.name();
        boolean nameable = NAMEABLE.matcher(name.table()).matches()
                && (name.schema() == null || NAMEABLE.matcher(name.schema()).matches());
        if (!nameable) {
            return refusal(
                    many,
                    table,
                    "a definition cannot hold its name (allowed: no colon, dot, parenthesis or ${)",
                    "leave it out with extract.tables.exclude");
        }
        String part = many.partName(table);
        if (!PART.matcher(part).matches()) {
            return refusal(
                    many,
                    table,
                    "'" + part + "' is no name of a pipeline (allowed: letters, digits, _ and -)",
                    "name it: overrides: {\"" + pattern.spelt(table) + "\": {name: "
                            + part.replaceAll("[^A-Za-z0-9_-]+", "_") + "}}");
        }
        List<String> missing = ManyTables.missingKeys(many.definition(table, pattern));
        return missing.isEmpty()
                ? null
                : refusal(
                        many,
                        table,
                        "it has no column " + String.join(", ", missing) + " (columns: "
                                + String.join(", ", table.columns()) + ")",
                        "name its own key: overrides: {" + pattern.spelt(table)
                                + ": {extract: {incremental_key: …}}}; or read it whole: {extract: {strategy: full}, load:"
                                + " {strategy: truncate-reload}}");
    }

    private static Refusal refusal(ManyTables many, SourceTable table, String why, String hint) {
        return new Refusal(
                FailureKind.PROJECT,
                "Cannot make a pipeline of " + table.name() + " for " + many.name() + ": " + why,
                hint);
    }

    static Refusal twice(ManyTables many, String name) {
        return new Refusal(
                FailureKind.PROJECT,
                "Cannot make one pipeline " + name + " of two tables: several that " + many.name()
                        + " takes have this name",
                "name one otherwise, as overrides: {sales.orders: {name: sales_orders, load: {table: …}}}, or exclude it");
    }

    /** What overrides name, and no table that is taken has such a name: a slip, or a table that is gone. */
    static Map<String, Refusal> unused(ManyTables many, List<SourceTable> shown) {
        List<SourceTable> taken = shown.stream()
                .filter(table -> many.choice().taking(table).isPresent())
                .toList();
        List<String> names =
                taken.stream().map(table -> table.name().toString()).toList();
        Map<String, Refusal> unused = new TreeMap<>();
        for (ManyTables.Difference each : many.differences()) {
            if (taken.stream().noneMatch(each.pattern()::isFor)) {
                String nearest = Nearest.to(each.pattern().text(), names);
                unused.put(
                        many.name() + "."
                                + TableName.parse(each.pattern().text()).table(),
                        new Refusal(
                                FailureKind.PROJECT,
                                "Cannot use override '" + each.pattern() + "' of " + many.name() + " ("
                                        + each.key().place() + "): it takes no such table (tables: " + some(names)
                                        + ")",
                                nearest == null ? "take the override out" : "did you mean '" + nearest + "'?"));
            }
        }
        return unused;
    }

    static Refusal nothing(ManyTables many, List<SourceTable> shown) {
        List<String> names =
                shown.stream().map(table -> table.name().toString()).toList();
        return new Refusal(
                FailureKind.PROJECT,
                "Cannot find tables for " + many.name() + ": none of " + many.connection() + " is taken by "
                        + many.choice().include() + " (tables: " + some(names) + ")",
                "hw connection tables " + many.connection() + " lists them");
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.isEmpty() ? "none" : names.size() > SHOWN ? first + ", … " + names.size() + " in all" : first;
    }
}
