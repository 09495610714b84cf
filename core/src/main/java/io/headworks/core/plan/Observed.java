package io.headworks.core.plan;

import io.headworks.api.source.Extract;
import io.headworks.api.source.SourceState;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.target.TargetState;
import io.headworks.api.type.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was seen before planning, as a value.
 *
 * @param extract the pipeline's, with the types of earlier runs filled in
 * @param transformed the columns that come out of the stages, given the source's
 * @param inPlace true when the engine can read the source itself
 * @param undecoded why rows cannot be passed from source to target undecoded; null when they can, empty
 *     where source or target never does that
 * @param sourceFilters true when the source itself applies conditions and key ranges
 * @param names what columns of the source are called in all the others
 */
public record Observed(
        Extract extract,
        SourceState source,
        TargetState target,
        TargetAbilities abilities,
        Schema transformed,
        boolean inPlace,
        @Nullable String undecoded,
        boolean sourceFilters,
        SourceNames names) {

    /** Of a source whose columns keep their names. */
    public Observed(
            Extract extract,
            SourceState source,
            TargetState target,
            TargetAbilities abilities,
            Schema transformed,
            boolean inPlace,
            @Nullable String undecoded,
            boolean sourceFilters) {
        this(extract, source, target, abilities, transformed, inPlace, undecoded, sourceFilters, SourceNames.NONE);
    }

    /** The same with other columns coming out of the stages. */
    Observed givingAs(Schema columns) {
        return new Observed(extract, source, target, abilities, columns, inPlace, undecoded, sourceFilters, names);
    }
}
