package io.headworks.core.spec.loading;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.source.Extract.Reading;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.descriptor.SqlText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that pipelines read: what they extract, and what their operations, checks and SQL name. */
final class PipelineReads {
    private final DatasetCatalog catalog;
    private final Map<String, SqlText> queries;
    private final SqlReview review;

    /** Reads of pipelines; {@code queries} are those of their extracts that the review has read, by pipeline. */
    PipelineReads(DatasetCatalog catalog, Map<String, SqlText> queries, SqlReview review) {
        this.catalog = catalog;
        this.queries = queries;
        this.review = review;
    }

    Set<DatasetName> of(PipelineSpec pipeline) {
        String connection = pipeline.extract().connection();
        Set<DatasetName> datasets = new LinkedHashSet<>();
        if (pipeline.extract().extract().reading() instanceof Reading.Table table) {
            datasets.add(new DatasetName(connection, table.name()));
        }
        SqlText query = queries.get(pipeline.name());
        if (query != null) {
            review.tables(List.of(query))
                    .forEach(each -> datasets.add(each.name().in(connection)));
        }
        pipeline.uses().stream().map(DatasetUse::dataset).forEach(datasets::add);
        return datasets;
    }

    /** The name of the pipeline that writes a dataset. */
    @Nullable
    String producer(DatasetName dataset) {
        ReadPipeline producer = catalog.producer(dataset);
        return producer == null ? null : producer.name();
    }
}
