package io.headworks.core.run;

import io.headworks.core.record.RunGroup;
import io.headworks.core.record.RunRecord;
import io.headworks.core.spec.PipelineSpec;

/** Runs whose order somebody else decides, from several threads; those that want one file queue for it. */
public final class SingleRuns {
    private final RunContext context;
    private final RunGroup group;
    private final TargetLocks locks = new TargetLocks(() -> {});

    /** @param group all that one command asked for */
    public SingleRuns(RunContext context, RunGroup group) {
        this.context = context;
        this.group = group;
    }

    /** Runs to an end on this thread; throws nothing but errors of the machine. */
    public RunRecord run(PipelineSpec pipeline, RunSettings settings) {
        return new PipelineRun(context, locks, KeptSources.none(), group, pipeline, settings).run();
    }
}
