package io.headworks.core.schedule;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.run.Workspace;
import io.headworks.core.schedule.Children.Child;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Project;
import io.headworks.core.state.SchedulerSeat;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.StateDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pipelines of a project by themselves, in one environment: finds slots that are due, and starts a process for
 * each. Whatever it knows is in the state: one that is killed leaves nothing behind that the next does not find. One
 * thread calls it; {@link #wake} any.
 */
public final class Scheduler implements AutoCloseable {
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(15);
    private static final Duration READ_EVERY = Duration.ofSeconds(10);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(75);

    private final Setup setup;
    private final Supplier<Project> reader;
    private final ScheduleEvents events;
    private final StateDatabase state;
    private final SlotStore store;
    private final SchedulerSeat seat;
    private final String environment;
    private final DueSlots due;
    private final StartSlots starting;
    private final SettleSlots settling;
    private final Map<String, ScheduledPipeline> pipelines = new LinkedHashMap<>();
    private final ProjectFingerprint fingerprint;
    private @Nullable Instant lastRead;
    private long renewed;
    private boolean woken;

    /**
     * Takes the seat of the environment's scheduler, until it is closed.
     *
     * @param reader the project as its files are now; called again when they have changed
     * @throws HeadworksException of kind HELD when another scheduler has it
     */
    public Scheduler(Setup setup, Supplier<Project> reader, Children children, Limits limits, ScheduleEvents events) {
        Project project = reader.get();
        this.setup = setup;
        this.reader = reader;
        this.events = events;
        this.environment = project.environment().name();
        this.fingerprint = new ProjectFingerprint(project.folder());
        this.state = new ProjectState(setup, project.folder()).open();
        Workspace workspace = Workspace.of(project.folder());
        try {
            this.store = new SlotStore(state);
            this.seat = new SchedulerSeat(state, environment);
            takeSeat();
            this.due = new DueSlots(environment, setup.connectors(), state, events);
            this.starting = new StartSlots(environment, state, workspace, children, limits, events);
            this.settling = new SettleSlots(state, workspace, events);
            fingerprint.hasChanged();
            follow(project);
        } catch (RuntimeException failed) {
            state.close();
            throw failed;
        }
    }

    private void takeSeat() {
        if (!seat.take(setup.clock().instant())) {
            String other = seat.holder()
                    .map(holder -> "process " + holder.pid() + " on " + holder.host() + " does since " + holder.since())
                    .orElse("another process does");
            throw new HeadworksException(
                    FailureKind.HELD,
                    "Cannot schedule environment " + environment + ": " + other,
                    "one scheduler runs an environment; hw schedule shows which");
        }
        renewed = System.nanoTime();
    }

    private void follow(Project project) {
        pipelines.clear();
        ScheduledPipeline.of(project, setup.connectors()).forEach(each -> pipelines.put(each.name(), each));
        due.follow(pipelines.values());
        ScheduledPipeline.disobeyed(project).forEach(events::problem);
    }

    /** Looks once: queues what is due, starts what there is room for, and notices what has ended. Never waits. */
    public void tick() {
        Instant now = setup.clock().instant();
        keepSeat();
        readAgain(now);
        if (settling.settle(store.open(environment), pipelines, now)) {
            due.lookSoon();
        }
        due.queue(now);
        Map<String, Child> started = starting.start(store.open(environment), pipelines, now);
        settling.follow(started);
        started.values().forEach(child -> child.onEnd(this::wake));
    }

    private void keepSeat() {
        if (System.nanoTime() - renewed > RENEWED_EVERY.toNanos()) {
            if (!seat.renew()) {
                takeSeat();
            }
            renewed = System.nanoTime();
        }
    }

    /** A project that cannot be read stays as it was; what runs reads it for itself, and fails. */
    private void readAgain(Instant now) {
        if (lastRead != null && !now.isBefore(lastRead) && now.isBefore(lastRead.plus(READ_EVERY))) {
            return;
        }
        lastRead = now;
        if (!fingerprint.hasChanged()) {
            return;
        }
        try {
            follow(reader.get());
        } catch (HeadworksException broken) {
            events.problem(
                    "Cannot follow the project's change, its schedules stay as they were: " + broken.getMessage());
        }
    }

    /**
     * Ticks until it is cancelled, then waits for what runs.
     *
     * @param grace how long; what still runs then is cancelled and rolled back
     */
    public void run(Cancellation cancellation, Duration grace) {
        try (Cancellation.Registration stop = cancellation.onRequest(this::wake)) {
            while (!cancellation.requested()) {
                Duration pause = tickOrTell() ? untilNextSecond() : AFTER_A_FAILURE;
                await(pause, cancellation);
            }
        }
        finish(grace);
    }

    /** Ticks until nothing waits and nothing runs, or it is cancelled. */
    public void runWhatIsDue(Cancellation cancellation, Duration grace) {
        try (Cancellation.Registration stop = cancellation.onRequest(this::wake)) {
            tick();
            while (!cancellation.requested() && !store.open(environment).isEmpty()) {
                await(untilNextSecond(), cancellation);
                tick();
            }
        }
        if (cancellation.requested()) {
            finish(grace);
        }
    }

    /** A state that is out of reach comes back; who has lost the seat goes. */
    private boolean tickOrTell() {
        try {
            tick();
            return true;
        } catch (HeadworksException failed) {
            if (failed.kind() == FailureKind.HELD) {
                throw failed;
            }
            events.problem(String.valueOf(failed.getMessage()));
            return false;
        }
    }

    /** Starts nothing more; waits for what runs, then asks it to stop, then kills it. */
    private void finish(Duration grace) {
        Cancellation never = new Cancellation();
        long began = System.nanoTime();
        while (true) {
            Instant now = setup.clock().instant();
            List<Slot> open = store.open(environment);
            settling.settle(open, pipelines, now);
            List<Slot> busy = open.stream()
                    .filter(slot -> slot.status() == Status.STARTING || slot.status() == Status.RUNNING)
                    .filter(slot -> slot.holder().isHere() && slot.holder().alive())
                    .toList();
            long passed = System.nanoTime() - began;
            boolean given = passed > grace.toNanos();
            if (busy.isEmpty() && !settling.isBusy()
                    || passed > grace.plus(UNTIL_KILLED).toNanos()) {
                return;
            }
            if (given) {
                busy.stream()
                        .filter(slot -> slot.status() == Status.RUNNING)
                        .forEach(slot -> settling.stop(slot, "the scheduler stops", now));
            }
            await(Duration.ofMillis(200), never);
        }
    }

    /** Ends a wait between two looks. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private Duration untilNextSecond() {
        long millis = setup.clock().instant().toEpochMilli() % 1000;
        return Duration.ofMillis(1000 - millis);
    }

    private synchronized void await(Duration pause, Cancellation cancellation) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            while (!woken && !cancellation.requested()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
            woken = false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cancellation.request("interrupted");
        }
    }

    /** Leaves the seat to the next; what runs goes on. */
    @Override
    public void close() {
        try {
            seat.leave();
        } finally {
            state.close();
        }
    }
}
