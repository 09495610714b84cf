package io.headworks.core.plan;

import io.headworks.api.load.Load;
import io.headworks.api.load.Strategy;
import io.headworks.core.spec.PipelineSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why somebody between source and target must know what is in a row. */
final class Decoding {
    private Decoding() {}

    /** Null when nobody must; empty where source and target share no form of rows anyway. */
    static @Nullable String reason(PipelineSpec pipeline, Observed observed, ExtractPlan extract, Load load) {
        String refusal = observed.undecoded();
        if (refusal != null) {
            return refusal;
        } else if (!pipeline.stages().isEmpty()) {
            return "stages change them";
        } else if (!observed.transformed()
                .names()
                .equals(observed.source().schema().names())) {
            return "columns are discarded";
        } else if (pipeline.preLoad().stream().anyMatch(check -> !check.rule().isAfterCommit())) {
            return "checks look at the batch";
        } else if (pipeline.errorHandling().deadLetters()) {
            return "rejected rows are kept";
        } else if (extract.step().keys() != null || extract.slice() != null) {
            return "a range of them is loaded";
        } else if (extract.step().positionColumn() != null) {
            return "the position is the largest key read";
        } else if (extract.removal() != null || pipeline.extract().extract().deletesWhen() != null) {
            return "some are deletions";
        }
        return compared(observed, load);
    }

    /** Keys that the source itself keeps unique need no look at the rows, as long as none is there to be met. */
    private static @Nullable String compared(Observed observed, Load load) {
        boolean plain = load.strategy() == Strategy.TRUNCATE_RELOAD || load.strategy() == Strategy.APPEND;
        if (load.mergeKeys().isEmpty() && plain) {
            return null;
        } else if (load.strategy() == Strategy.PARTITION_SWAP) {
            return "they belong to partitions";
        } else if (!Set.copyOf(load.mergeKeys())
                .equals(Set.copyOf(observed.source().primaryKey()))) {
            return "the merge keys are not the source's primary key";
        }
        return observed.target().schema() == null ? null : "the table is there, and its keys are compared";
    }
}
