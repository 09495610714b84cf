package io.headworks.core.plan;

import io.headworks.api.check.Check;
import io.headworks.api.check.OnFail;
import io.headworks.api.load.Load;
import io.headworks.core.json.Json;
import io.headworks.core.json.Sha256;
import io.headworks.core.spec.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the canonical JSON of what makes a pipeline's rows: its extract, its stages, the checks that reject rows, and
 * its load. The same for each slice and run, until somebody changes one of these. Left out is what makes no other rows: how
 * history is cut, resources, owners, limits, checks that only look.
 */
public final class DefinitionHash {

    private DefinitionHash() {}

    public static String of(PipelineSpec pipeline) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("source", pipeline.extract().connection());
        tree.put("extract", RecordTree.of(pipeline.extract().extract()));
        tree.put("stages", RecordTree.of(pipeline.stages()));
        List<Check> rejecting = pipeline.preLoad().stream()
                .filter(check -> check.onFail() == OnFail.REJECT)
                .toList();
        tree.put("rejecting", RecordTree.of(rejecting));
        tree.put("target", pipeline.connection());
        tree.put("load", RecordTree.of(pipeline.load().with(Load.Breaker.NONE)));
        return Sha256.of(Json.canonical(tree));
    }
}
