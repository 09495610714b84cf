package io.headworks.cli;

import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.schedule.SlotRun;
import java.util.Optional;
import java.util.function.Function;

/** This process was started by a scheduler for one slot: it takes it, works, and says what came of it. */
final class SlotProcess {
    private final Invocation invocation;
    private final String order;

    SlotProcess(Invocation invocation, String order) {
        this.invocation = invocation;
        this.order = order;
    }

    /** @param work gets the trigger that records of its runs show */
    int run(Cancellation cancellation, Function<String, RunCommand.Ended> work) {
        try (Signals signals = Signals.cancellingByItsParent(cancellation)) {
            Optional<SlotRun> taken =
                    SlotRun.take(invocation.state(), invocation.setup().clock(), order);
            if (taken.isEmpty()) {
                invocation.console().line("nothing to do: this slot was cancelled, or another process does it");
                return 0;
            }
            return work(taken.get(), work);
        }
    }

    private int work(SlotRun slot, Function<String, RunCommand.Ended> work) {
        RunCommand.Ended ended;
        try {
            ended = work.apply(slot.trigger());
        } catch (HeadworksException failure) {
            slot.failed(failure, this::masked);
            throw failure;
        } catch (RuntimeException defect) {
            slot.failed(Failures.defect(defect), this::masked);
            throw defect;
        }
        slot.ended(ended.outcome(), ended.exitCode(), this::masked);
        return ended.exitCode();
    }

    private String masked(String text) {
        return invocation.options().masker.mask(text);
    }
}
