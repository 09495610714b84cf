package io.headworks.core.state;

import java.time.Instant;
import java.util.Optional;

/** Which process is the scheduler of an environment: one at a time, wherever those that share the state run. */
public final class SchedulerSeat {
    private final StateDatabase state;
    private final String environment;

    public SchedulerSeat(StateDatabase state, String environment) {
        this.state = state;
        this.environment = environment;
    }

    /**
     * The process that has the seat.
     *
     * @param alive false when it is gone, or gave no sign of life for a lease's term
     */
    public record Holder(long pid, String host, Instant since, boolean alive, boolean isSelf) {}

    /** This process has it from now on; false when a living one has it. */
    public boolean take(Instant now) {
        boolean[] taken = new boolean[1];
        state.inTransaction(() -> {
            state.update(
                    "insert into scheduler (environment, started_at, host, machine, pid, process_started_at, lease_until)"
                            + " values (?, ?, '', '', 0, '', 0) on conflict do nothing",
                    environment,
                    now.toString());
            // the row is locked by now: of two that come at once one waits for the other's end
            state.update("update scheduler set environment = environment where environment = ?", environment);
            taken[0] =
                    holder().filter(other -> other.alive() && !other.isSelf()).isEmpty();
            if (taken[0]) {
                write(now);
            }
        });
        return taken[0];
    }

    private void write(Instant now) {
        RunProcess process = RunProcess.current();
        state.update(
                "update scheduler set started_at = ?, host = ?, machine = ?, pid = ?, process_started_at = ?, lease_until = "
                        + RunLease.until(state.home()) + " where environment = ?",
                now.toString(),
                state.machine().host(),
                state.machine().id(),
                process.pid(),
                process.startedAt(),
                environment);
    }

    /** Says that this process lives, and so do the slots it starts processes for; false when another has the seat. */
    public boolean renew() {
        RunProcess process = RunProcess.current();
        String alive = " set lease_until = " + RunLease.until(state.home())
                + " where environment = ? and machine = ? and pid = ? and process_started_at = ?";
        Object[] own = {environment, state.machine().id(), process.pid(), process.startedAt()};
        state.update("update schedule_slot" + alive + " and status = 'starting'", own);
        return state.update("update scheduler" + alive, own) == 1;
    }

    /** Leaves it to the next. */
    public void leave() {
        RunProcess process = RunProcess.current();
        state.update(
                "delete from scheduler where environment = ? and machine = ? and pid = ? and process_started_at = ?",
                environment,
                state.machine().id(),
                process.pid(),
                process.startedAt());
    }

    /** Who has it; empty when nobody does. */
    public Optional<Holder> holder() {
        return state
                .query(
                        "select started_at, host, machine, pid, process_started_at, case when lease_until < "
                                + state.home().now() + " then 1 else 0 end from scheduler"
                                + " where environment = ? and pid <> 0",
                        row -> {
                            RunProcess process = new RunProcess(row.getLong(4), row.getString(5));
                            boolean here =
                                    row.getString(3).equals(state.machine().id());
                            return new Holder(
                                    process.pid(),
                                    row.getString(2),
                                    Instant.parse(row.getString(1)),
                                    here ? process.isAlive() : row.getInt(6) == 0,
                                    here && process.equals(RunProcess.current()));
                        },
                        environment)
                .stream()
                .findFirst();
    }
}
