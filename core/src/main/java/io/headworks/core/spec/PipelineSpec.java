package io.headworks.core.spec;

import io.headworks.api.check.Check;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Load;
import io.headworks.api.run.Resources;
import io.headworks.api.transform.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline with every default filled in, for one environment.
 *
 * @param place where its file begins it
 * @param connection of the load
 * @param slaMinutes from the slot to published data; null when nothing is promised
 * @param tier 1 critical to 3 nice to have
 * @param uses the datasets that stages, checks and SQL name, each once
 * @param origins every resolved value and where it comes from
 */
public record PipelineSpec(
        String name,
        Place place,
        @Nullable String owner,
        @Nullable String description,
        List<String> tags,
        int tier,
        Schedule schedule,
        @Nullable Integer slaMinutes,
        Resources resources,
        ExtractSpec extract,
        List<Stage> stages,
        String connection,
        Load load,
        List<Check> preLoad,
        List<Check> postLoad,
        ErrorHandling errorHandling,
        List<DatasetUse> uses,
        List<Origin> origins) {

    public PipelineSpec {
        tags = List.copyOf(tags);
        stages = List.copyOf(stages);
        preLoad = List.copyOf(preLoad);
        postLoad = List.copyOf(postLoad);
        uses = List.copyOf(uses);
        origins = List.copyOf(origins);
    }

    /** The dataset it writes, {@code connection:[schema.]table}. */
    public DatasetName writes() {
        return new DatasetName(connection, load.table());
    }

    /** The same with what is known only when all files are. */
    public PipelineSpec completed(List<DatasetUse> resolvedUses, List<Origin> tracedOrigins) {
        return new PipelineSpec(
                name,
                place,
                owner,
                description,
                tags,
                tier,
                schedule,
                slaMinutes,
                resources,
                extract,
                stages,
                connection,
                load,
                preLoad,
                postLoad,
                errorHandling,
                resolvedUses,
                tracedOrigins);
    }
}
