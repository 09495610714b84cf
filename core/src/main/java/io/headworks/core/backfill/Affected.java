package io.headworks.core.backfill;

import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline whose data comes from what is loaded again, and who is to be told.
 *
 * @param rebuilt whether this backfill makes it again
 */
record Affected(String pipeline, @Nullable String owner, List<String> channels, boolean rebuilt) {

    static Affected of(PipelineSpec pipeline, boolean rebuilt) {
        return new Affected(
                pipeline.name(), pipeline.owner(), pipeline.errorHandling().alertChannels(), rebuilt);
    }
}
