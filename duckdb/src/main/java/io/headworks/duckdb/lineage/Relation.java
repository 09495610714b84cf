package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table, sub-query or function in FROM, under the name by which its columns can be qualified. */
final class Relation {
    /** Columns that a load wrote beside the user's; they are seen only where they are named. */
    private static final String OF_THE_LOAD = "_hw_";

    private final String alias;
    private final List<Column> columns;
    private final @Nullable String table;
    private final boolean open;
    private final Set<String> proven = new HashSet<>();

    private Relation(String alias, List<Column> columns, @Nullable String table, boolean open) {
        this.alias = alias;
        this.columns = List.copyOf(columns);
        this.table = table;
        this.open = open;
    }

    /** Rows that something else made. */
    static Relation of(String alias, List<Column> columns) {
        return new Relation(alias, columns, null, false);
    }

    /** A stored table. */
    static Relation table(String alias, List<Column> columns, String table) {
        return new Relation(alias, columns, table, false);
    }

    /** A stored table whose columns nobody knows. */
    static Relation open(String alias, String table) {
        return new Relation(alias, List.of(), table, true);
    }

    String alias() {
        return alias;
    }

    List<Column> columns() {
        return columns;
    }

    /** True where it may have columns beside those that are known. */
    boolean isOpen() {
        return open;
    }

    /** What an unknown table is called; empty for any other rows. */
    String table() {
        return table == null ? "" : table;
    }

    boolean isCalled(String name) {
        return alias.equalsIgnoreCase(name);
    }

    /** Its column of that name, in any case; of an open table, whatever is asked for. */
    Optional<Column> column(String name) {
        Optional<Column> found = columns.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
        return found.isPresent() ? found : unlisted(name);
    }

    /** A column that no star gives: of an open table, or written by a load. */
    Optional<Column> unlisted(String name) {
        String stored = table;
        if (stored == null || !open && !isOfTheLoad(name)) {
            return Optional.empty();
        }
        proven.add(name.toLowerCase(Locale.ROOT));
        return Optional.of(new Column(name, Dependence.on(new SourceColumn(stored, name), Use.COPIED)));
    }

    /** True when the SELECT would be wrong if an open table had no such column. */
    boolean isProven(String name) {
        return proven.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isOfTheLoad(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(OF_THE_LOAD);
    }

    /** All of its columns in one value. */
    Dependence whole() {
        if (open) {
            throw new CannotTell(
                    "the columns of " + table() + " are not known, and " + alias + " stands for all of them");
        }
        return Dependence.all(columns.stream().map(Column::from).toList()).as(Use.COMPUTED);
    }
}
