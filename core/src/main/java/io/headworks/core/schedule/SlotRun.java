package io.headworks.core.schedule;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.record.RunRecord;
import io.headworks.core.record.RunStatus;
import io.headworks.core.run.GraphRun;
import io.headworks.core.service.ProjectState;
import io.headworks.core.state.Slot;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotStore;
import io.headworks.core.state.SlotStore.End;
import io.headworks.core.state.StateDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A slot in the process that was started for it: taken before anything else is done, and ended with what came of it. */
public final class SlotRun {
    /** From the worst to the best. */
    private static final List<RunStatus> WORST_FIRST =
            List.of(RunStatus.CANCELLED, RunStatus.FAILED, RunStatus.PARTIAL, RunStatus.UNVERIFIED, RunStatus.SUCCESS);

    private final ProjectState place;
    private final Clock clock;
    private final Slot slot;
    private final int attempt;

    private SlotRun(ProjectState place, Clock clock, Slot slot, int attempt) {
        this.place = place;
        this.clock = clock;
        this.slot = slot;
        this.attempt = attempt;
    }

    /**
     * Takes the slot for this process.
     *
     * @param order as {@link Children.Order#text}
     * @return empty when it is not to be done by this process: it was cancelled, or another was started for it
     */
    public static Optional<SlotRun> take(ProjectState place, Clock clock, String order) {
        int colon = order.lastIndexOf(':');
        String id = order.substring(0, Math.max(0, colon));
        String number = order.substring(colon + 1);
        if (id.isEmpty() || !number.matches("\\d{1,9}")) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot take slot '" + order + "': it is no slot and attempt",
                    "only a scheduler asks for one; hw schedule trigger NAME queues one");
        }
        int attempt = Integer.parseInt(number);
        if (!place.isThere()) {
            return Optional.empty();
        }
        try (StateDatabase state = place.open()) {
            SlotStore store = new SlotStore(state);
            return store.take(id, attempt, clock.instant())
                    ? store.byId(id).map(slot -> new SlotRun(place, clock, slot, attempt))
                    : Optional.empty();
        }
    }

    /** What the records of its runs say as their trigger. */
    public String trigger() {
        return "schedule " + slot.slot();
    }

    /** Its runs have ended. */
    public void ended(GraphRun.Outcome outcome, int exitCode, UnaryOperator<String> mask) {
        List<RunRecord> runs = outcome.records();
        RunStatus worst = WORST_FIRST.stream()
                .filter(status -> runs.stream().anyMatch(run -> run.status() == status))
                .findFirst()
                .orElse(RunStatus.FAILED);
        boolean whole = exitCode == 0 || worst != RunStatus.SUCCESS && worst != RunStatus.UNVERIFIED;
        String message = runs.stream()
                .filter(run -> run.status() == worst && run.failure() != null)
                .findFirst()
                .map(SlotRun::message)
                .orElse(runs.isEmpty() ? "nothing ran" : whole ? null : "not all of it ran");
        String runId = runs.size() == 1 ? runs.get(0).runId() : null;
        end(new End(whole ? worst.key() : Slot.FAILED, exitCode, runId, message == null ? null : mask.apply(message)));
    }

    private static @Nullable String message(RunRecord run) {
        return run.failure() == null ? null : run.failure().message();
    }

    /** It came to no run. */
    public void failed(HeadworksException failure, UnaryOperator<String> mask) {
        boolean cancelled = failure.kind() == FailureKind.CANCELLED;
        end(new End(
                cancelled ? Slot.CANCELLED : Slot.FAILED,
                failure.kind().exitCode(),
                null,
                mask.apply(String.valueOf(failure.getMessage()))));
    }

    private void end(End end) {
        try (StateDatabase state = place.open()) {
            new SlotStore(state).end(slot.id(), attempt, Status.RUNNING, end, clock.instant());
        }
    }
}
