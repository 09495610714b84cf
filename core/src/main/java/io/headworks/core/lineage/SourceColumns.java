package io.headworks.core.lineage;

import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import java.util.Optional;

/** The columns that pipelines got from their sources, for those whose files do not list them. */
public interface SourceColumns {
    SourceColumns UNKNOWN = pipeline -> Optional.empty();

    /** As the last plan saw them; empty where there was none. */
    Optional<List<String>> of(PipelineSpec pipeline);
}
