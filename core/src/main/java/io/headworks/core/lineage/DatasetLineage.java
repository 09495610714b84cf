package io.headworks.core.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the columns of one pipeline's dataset come from: columns of other datasets, by {@code connection:table}.
 *
 * @param pipeline that writes it
 * @param columns in the order of the table
 * @param rows what decides which rows there are, and so has a part in every column
 * @param rest the dataset whose other columns come as they are; null when all columns are known
 * @param gone columns of that dataset, in lower case, that do not
 * @param unknown why nothing is known; null when something is
 */
public record DatasetLineage(
        String dataset,
        String pipeline,
        List<Column> columns,
        Dependence rows,
        @Nullable String rest,
        Set<String> gone,
        @Nullable String unknown) {
    public DatasetLineage {
        columns = List.copyOf(columns);
        gone = Set.copyOf(gone);
    }

    static DatasetLineage unknown(String dataset, String pipeline, String why) {
        return new DatasetLineage(dataset, pipeline, List.of(), Dependence.NONE, null, Set.of(), why);
    }

    /** False when it may have columns beside those that are listed. */
    public boolean complete() {
        return rest == null && unknown == null;
    }

    /** In any case of letters; also one that only its source lists. */
    public Optional<Column> column(String name) {
        Optional<Column> listed = columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
        String source = rest;
        return listed.isPresent() || source == null || gone.contains(ProjectLineage.key(name))
                ? listed
                : Optional.of(new Column(name, Dependence.on(new SourceColumn(source, name), Use.COPIED)));
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** What a column depends on, whether its values or its rows. */
    public Dependence of(Column column) {
        return column.from().and(rows);
    }
}
