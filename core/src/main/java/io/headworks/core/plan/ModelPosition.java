package io.headworks.core.plan;

import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.Position;
import io.headworks.api.source.Position.Input;
import io.headworks.api.type.Schema;
import io.headworks.core.json.Json;
import io.headworks.core.json.Sha256;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a model stands: what its inputs were, and what it made of them. */
public final class ModelPosition {

    private ModelPosition() {}

    /** @param columns that the SELECT gives */
    public static Position.Inputs of(PipelineSpec pipeline, Schema columns, List<Input> inputs) {
        ModelSpec model = Objects.requireNonNull(pipeline.extract().model());
        Reading.Model reading = (Reading.Model) pipeline.extract().extract().reading();
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        String sql = Sha256.of(SqlEssence.of(model.sql()));
        definition.put("sql", sql);
        definition.put("values", RecordTree.of(reading.values()));
        definition.put("columns", columns.canonical());
        definition.put("load", RecordTree.of(pipeline.load()));
        definition.put("pre_load", RecordTree.of(pipeline.preLoad()));
        definition.put("post_load", RecordTree.of(pipeline.postLoad()));
        definition.put("errors", RecordTree.of(pipeline.errorHandling()));
        return new Position.Inputs(sql, Sha256.of(Json.canonical(definition)), inputs);
    }
}
