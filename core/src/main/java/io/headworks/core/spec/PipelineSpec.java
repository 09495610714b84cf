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

    /** The dataset that one of its operations, checks or its SQL spells so. */
    public DatasetName dataset(DatasetName written) {
        return uses.stream()
                .filter(use -> use.written().equals(written))
                .map(DatasetUse::dataset)
                .findFirst()
                .orElseGet(() -> written.in(connection));
    }

    /** The same over another extract. */
    public PipelineSpec reading(ExtractSpec other) {
        return with(name, other, load, preLoad, postLoad, uses, origins);
    }

    /** The same with another load. */
    public PipelineSpec loading(Load other) {
        return with(name, extract, other, preLoad, postLoad, uses, origins);
    }

    /** The same with what is known only when all files are. */
    public PipelineSpec completed(List<DatasetUse> resolvedUses, List<Origin> tracedOrigins) {
        return with(name, extract, load, preLoad, postLoad, resolvedUses, tracedOrigins);
    }

    /** The same under another name. */
    public PipelineSpec named(String other) {
        return with(other, extract, load, preLoad, postLoad, uses, origins);
    }

    /** The same with other checks, and the datasets that these name. */
    public PipelineSpec gated(List<Check> before, List<Check> after, List<DatasetUse> otherUses) {
        return with(name, extract, load, before, after, otherUses, origins);
    }

    private PipelineSpec with(
            String otherName,
            ExtractSpec otherExtract,
            Load otherLoad,
            List<Check> before,
            List<Check> afterwards,
            List<DatasetUse> otherUses,
            List<Origin> otherOrigins) {
        return new PipelineSpec(
                otherName,
                place,
                owner,
                description,
                tags,
                tier,
                schedule,
                slaMinutes,
                resources,
                otherExtract,
                stages,
                connection,
                otherLoad,
                before,
                afterwards,
                errorHandling,
                otherUses,
                otherOrigins);
    }
}
