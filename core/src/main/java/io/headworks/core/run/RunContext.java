package io.headworks.core.run;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.core.connection.Connectors;
import io.headworks.core.record.RunJournal;
import io.headworks.core.spec.Project;
import java.time.Clock;

/** What all runs of a process share. */
public record RunContext(
        Project project,
        Connectors connectors,
        Engine engine,
        Workspace workspace,
        RunJournal journal,
        RunEvents events,
        Cancellation cancellation,
        Clock clock,
        String version) {}
