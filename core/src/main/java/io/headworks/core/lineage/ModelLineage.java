package io.headworks.core.lineage;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Follows SELECTs of one pipeline into the datasets of the project. */
final class ModelLineage {
    private final PipelineSpec pipeline;
    private final Map<String, DatasetLineage> known;

    /** @param known lineage of the datasets that come before, by {@code connection:table} in lower case */
    ModelLineage(PipelineSpec pipeline, Map<String, DatasetLineage> known) {
        this.pipeline = pipeline;
        this.known = known;
    }

    /**
     * The rows of a SELECT.
     *
     * @param input what {@code {{ input }}} stands for; null where there is none
     */
    Flow of(SelectTree select, String file, @Nullable Flow input) {
        return of(select, file, input, table -> pipeline.dataset(DatasetName.parse(table)));
    }

    /** Rows of a query over tables of the extract's connection. */
    Flow ofSource(SelectTree query) {
        String connection = pipeline.extract().connection();
        return of(
                query, "extract.query", null, table -> DatasetName.parse(table).in(connection));
    }

    private Flow of(SelectTree select, String file, @Nullable Flow input, Function<String, DatasetName> datasets) {
        UnaryOperator<String> named = table -> datasets.apply(table).toString();
        TableColumns tables = table -> input != null && table.equals(SelectTree.INPUT)
                ? input.isComplete() ? Optional.of(input.names()) : Optional.empty()
                : columns(named.apply(table));
        Trace trace = select.trace(tables);
        if (trace instanceof Trace.Rows rows) {
            List<Column> columns = rows.columns().stream()
                    .map(column -> new Column(column.name(), placed(column.from(), input, named)))
                    .toList();
            Dependence which = placed(rows.rows(), input, named);
            return Flow.of(columns, input == null ? which : which.and(input.rows()));
        }
        throw new NotTold(file + ": " + ((Trace.Unknown) trace).why());
    }

    private Dependence placed(Dependence from, @Nullable Flow input, UnaryOperator<String> named) {
        return from.through(column -> input != null && column.table().equals(SelectTree.INPUT)
                ? input.column(column.column())
                : Dependence.on(spelt(named.apply(column.table()), column.column()), Use.COPIED));
    }

    private Optional<List<String>> columns(String dataset) {
        return Optional.ofNullable(known.get(ProjectLineage.key(dataset)))
                .filter(DatasetLineage::complete)
                .map(DatasetLineage::columnNames);
    }

    /** A column as its dataset spells it. */
    SourceColumn spelt(String dataset, String column) {
        DatasetLineage found = known.get(ProjectLineage.key(dataset));
        String name =
                found == null ? column : found.column(column).map(Column::name).orElse(column);
        return new SourceColumn(found == null ? dataset : found.dataset(), name);
    }
}
