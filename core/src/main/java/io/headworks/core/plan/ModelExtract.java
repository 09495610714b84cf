package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Position;
import io.headworks.api.source.Position.Input;
import io.headworks.core.ledger.Positions;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which rows of its inputs a run of a model reads. */
final class ModelExtract {
    private final PipelineSpec pipeline;
    private final ModelSpec model;
    private final Observed observed;
    private final Position.@Nullable Inputs before;
    private final Position.Inputs now;

    private ModelExtract(
            PipelineSpec pipeline, ModelSpec model, Observed observed, @Nullable Position known, Request request) {
        this.pipeline = pipeline;
        this.model = model;
        this.observed = observed;
        this.before = known instanceof Position.Inputs inputs && !request.fullRefresh() ? inputs : null;
        this.now = (Position.Inputs) Objects.requireNonNull(observed.source().position());
    }

    /** @param known the position of the last load */
    static ExtractPlan of(
            PipelineSpec pipeline, ModelSpec model, Observed observed, @Nullable Position known, Request request) {
        return new ModelExtract(pipeline, model, observed, known, request).plan();
    }

    private ExtractPlan plan() {
        refuseOtherSql();
        boolean goesOn = model.isIncremental() && before != null;
        Step.ExtractRows step = new Step.ExtractRows(
                ModelSpec.SOURCE,
                goesOn ? since() : observed.extract(),
                goesOn ? BatchKind.DELTA : BatchKind.SNAPSHOT,
                null,
                List.of(),
                observed.source().schema(),
                null,
                false,
                pipeline.errorHandling().deadLetters(),
                pipeline.extract().allowEmpty() || goesOn || isView());
        return new ExtractPlan(step, null, null, now, idle(), observed.source().notes());
    }

    /** Rows that an earlier SELECT made would stand beside those of this one. */
    private void refuseOtherSql() {
        if (model.isIncremental() && before != null && !before.sql().equals(now.sql())) {
            throw new HeadworksException(
                    FailureKind.POSITION_LOST,
                    "Cannot continue " + pipeline.name() + ": " + model.file()
                            + " is not what it was at the last load, and the rows already there were made by it",
                    "hw run " + pipeline.name() + " --full-refresh makes all rows by the new SELECT");
        }
    }

    /** Where it goes on from is part of what is approved. */
    private Extract since() {
        Extract extract = observed.extract();
        Extract.Reading.Model reading = (Extract.Reading.Model) extract.reading();
        Map<String, String> values = new LinkedHashMap<>(reading.values());
        for (ModelSpec.Changed changed : model.changed()) {
            String dataset = pipeline.dataset(changed.written()).toString();
            Objects.requireNonNull(before).inputs().stream()
                    .filter(input -> input.dataset().equals(dataset))
                    .findFirst()
                    .ifPresent(input -> values.put(changed.placeholder(), "after " + spoken(input)));
        }
        return new Extract(
                new Extract.Reading.Model(reading.file(), reading.sql(), values),
                extract.columns(),
                extract.where(),
                extract.deletesWhen(),
                extract.files(),
                extract.knownTypes());
    }

    private static String spoken(Input input) {
        return Positions.describe(new Position.Inputs("", "", List.of(input)));
    }

    private @Nullable String idle() {
        if (before == null || observed.target().schema() == null) {
            return null;
        }
        if (isView()) {
            return now.definition().equals(before.definition()) ? "the view is defined so already" : null;
        }
        boolean counted = now.inputs().stream().noneMatch(input -> input.run() == null);
        return now.equals(before) && counted && model.changing().isEmpty()
                ? "neither its inputs nor its definition changed since the last load"
                : null;
    }

    private boolean isView() {
        return pipeline.load().strategy() == Strategy.VIEW;
    }
}
