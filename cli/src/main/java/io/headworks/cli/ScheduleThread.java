package io.headworks.cli;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.schedule.Limits;
import io.headworks.core.schedule.Scheduler;
import io.headworks.core.spec.Project;
import java.time.Duration;
import java.util.Map;

/** A scheduler beside something else that this process does. */
final class ScheduleThread implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Limits LIMITS = new Limits(2, Map.of());

    private final Cancellation cancellation = new Cancellation();
    private final Scheduler scheduler;
    private final Thread thread;

    private ScheduleThread(Scheduler scheduler, Console console) {
        this.scheduler = scheduler;
        this.thread = new Thread(() -> run(console), "scheduler");
    }

    /** @throws HeadworksException when the project cannot be scheduled, or another scheduler does it */
    static ScheduleThread start(Invocation invocation) {
        Project project = invocation.projectOfFiles();
        GuardedEnvironment.requireConsent(project, false);
        Console console = invocation.console();
        Scheduler scheduler = new Scheduler(
                invocation.setup(),
                invocation::projectOfFiles,
                new ChildProcesses(invocation.options(), project.folder(), null),
                LIMITS,
                new ScheduleLines(console, invocation.setup().clock(), false));
        ScheduleThread started = new ScheduleThread(scheduler, console);
        started.thread.start();
        return started;
    }

    private void run(Console console) {
        try (scheduler) {
            scheduler.run(cancellation, GRACE);
        } catch (HeadworksException lost) {
            console.note("ALERT the scheduler has stopped: " + lost.getMessage());
        }
    }

    /** Waits for runs that are under way, as long as they are given. */
    @Override
    public void close() {
        cancellation.request("the server stops");
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
