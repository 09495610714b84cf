package io.headworks.core.drift;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.source.Extract.Reading;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.Optional;

/**
 * Whose columns: those that a pipeline is given. Two pipelines may choose other columns of one table, and read other types
 * out of one file.
 *
 * @param source {@code connection:table} or {@code connection:path}; of a query, its connection and the pipeline
 */
public record SourceKey(String environment, String pipeline, String source) {

    /** Empty for an SQL model, whose columns are made here. */
    public static Optional<SourceKey> of(String environment, PipelineSpec pipeline) {
        ExtractSpec extract = pipeline.extract();
        Reading reading = extract.extract().reading();
        String connection = extract.connection();
        if (reading instanceof Reading.Table table) {
            return Optional.of(
                    new SourceKey(environment, pipeline.name(), new DatasetName(connection, table.name()).toString()));
        } else if (reading instanceof Reading.Files files) {
            return Optional.of(new SourceKey(environment, pipeline.name(), connection + ":" + files.path()));
        } else if (reading instanceof Reading.Query) {
            return Optional.of(
                    new SourceKey(environment, pipeline.name(), connection + ":query of " + pipeline.name()));
        }
        return Optional.empty();
    }
}
