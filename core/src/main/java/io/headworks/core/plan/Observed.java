package io.headworks.core.plan;

import io.headworks.api.source.Extract;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.Schema;

/**
 * What was seen before planning, as a value.
 *
 * @param extract the pipeline's, with the types of earlier runs filled in
 * @param transformed the columns that come out of the stages, given the source's
 * @param inPlace true when the engine can read the source itself
 * @param sourceFilters true when the source itself applies conditions and key ranges
 */
public record Observed(
        Extract extract,
        SourceState source,
        TargetState target,
        TargetAbilities abilities,
        Schema transformed,
        boolean inPlace,
        boolean sourceFilters) {

    /** The same with other columns coming out of the stages. */
    Observed givingAs(Schema columns) {
        return new Observed(extract, source, target, abilities, columns, inPlace, sourceFilters);
    }
}
