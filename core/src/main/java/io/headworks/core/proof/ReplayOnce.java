package io.headworks.core.proof;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.isolation.TargetPlace;
import io.headworks.core.record.RunRecord;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One replay in a folder that another process prepared: what a process does that is to be killed. */
public final class ReplayOnce {

    private ReplayOnce() {}

    /** Answers the exit code of the run. */
    public static int run(
            Setup setup,
            Project project,
            PipelineSpec pipeline,
            @Nullable String in,
            Path folder,
            Cancellation cancellation) {
        Path absolute = folder.toAbsolutePath().normalize();
        ReplaySettings settings = ReplaySettings.read(Objects.requireNonNull(absolute.getParent()));
        TargetPlace target = TargetPlace.of(project, pipeline, setup.connectors(), in);
        ReplayPlace place = new ReplayPlace(setup, project, pipeline, settings, target, absolute);
        try (Engine engine =
                setup.engines().open(Resources.UNSET, place.copy().workspace().temporary())) {
            RunRecord record = place.run(engine, settings.request(), cancellation);
            return record.exitCode();
        } finally {
            place.copy().workspace().removeTemporary();
        }
    }
}
