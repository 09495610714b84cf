package io.headworks.core.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The columns of rows on their way through the stages of a pipeline. Names ignore case. */
final class Flow {
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Set<String> gone = new TreeSet<>();
    private final @Nullable String rest;
    private Dependence rows;

    private Flow(@Nullable String rest, Dependence rows) {
        this.rest = rest;
        this.rows = rows;
    }

    /** Rows of which all columns are known. */
    static Flow of(List<Column> columns, Dependence rows) {
        Flow flow = new Flow(null, rows);
        columns.forEach(flow::put);
        return flow;
    }

    /** Rows of a dataset whose columns nobody knows: whatever is named is one of them. */
    static Flow open(String dataset) {
        return new Flow(dataset, Dependence.NONE);
    }

    boolean isComplete() {
        return rest == null;
    }

    List<Column> columns() {
        return List.copyOf(columns.values());
    }

    Dependence rows() {
        return rows;
    }

    /** The dataset whose other columns come as they are; null when all are known. */
    @Nullable
    String rest() {
        return rest;
    }

    Dependence column(String name) {
        return find(name)
                .orElseThrow(() -> new NotTold("column '" + name + "' (columns: "
                        + String.join(
                                ", ",
                                columns.values().stream().map(Column::name).toList()) + ")"));
    }

    private Optional<Dependence> find(String name) {
        Column known = columns.get(key(name));
        if (known != null) {
            return Optional.of(known.from());
        }
        return rest == null || gone.contains(key(name))
                ? Optional.empty()
                : Optional.of(Dependence.on(new SourceColumn(rest, name), Use.COPIED));
    }

    void put(Column column) {
        gone.remove(key(column.name()));
        columns.put(key(column.name()), column);
    }

    void remove(String name) {
        columns.remove(key(name));
        gone.add(key(name));
    }

    /** Columns that do not come as they are although others may. */
    Set<String> gone() {
        return gone;
    }

    void dependsOn(Dependence more) {
        rows = rows.and(more);
    }

    /** These columns and no others, over the same rows. */
    Flow only(List<Column> others) {
        return of(others, rows);
    }

    /** What an expression over these columns is made from. */
    Dependence value(SelectTree expression, String what) {
        TableColumns input = table -> isComplete() ? Optional.of(names()) : Optional.empty();
        Trace trace = expression.trace(input);
        if (trace instanceof Trace.Rows made) {
            return through(made.columns().get(0).from());
        }
        throw new NotTold(what + ": " + ((Trace.Unknown) trace).why());
    }

    /** The same in columns of datasets, where it is in columns of these rows. */
    Dependence through(Dependence made) {
        return made.through(column ->
                column.table().equals(SelectTree.INPUT) ? column(column.column()) : Dependence.on(column, Use.COPIED));
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        columns.values().forEach(column -> names.add(column.name()));
        return names;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
