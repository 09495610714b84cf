package io.headworks.core.state;

import io.headworks.core.state.Slot.Holder;
import io.headworks.core.state.Slot.Status;
import io.headworks.core.state.SlotCursors.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queue of slots. A slot is once in it, whoever puts it there; each step of one is a statement that only the first of
 * several processes succeeds with, so that it is done once, whoever is killed in between.
 */
public final class SlotStore {
    /** All columns. */
    static final List<String> COLUMNS = List.of(
            "slot_id",
            "environment",
            "pipeline",
            "slot",
            "due_at",
            "tier",
            "cause",
            "status",
            "attempt",
            "skips",
            "stop",
            "late_after",
            "late_at",
            "queued_at",
            "started_at",
            "ended_at",
            "outcome",
            "exit_code",
            "run_id",
            "message",
            "host",
            "machine",
            "pid",
            "process_started_at",
            "lease_until");

    private static final String BY_ATTEMPT = " where slot_id = ? and attempt = ? and status = ";

    private final StateDatabase state;

    public SlotStore(StateDatabase state) {
        this.state = state;
    }

    /**
     * A slot to be queued.
     *
     * @param skipped true for one that is not run, and kept to tell so
     */
    public record Due(
            String id,
            String pipeline,
            Instant dueAt,
            int tier,
            String cause,
            int skips,
            @Nullable Instant lateAfter,
            boolean skipped) {}

    /**
     * Queues slots and says how far their schedule was looked at, together or not at all. A slot that is there already
     * stays as it is.
     *
     * @return those that were not there
     */
    public List<Due> queue(String environment, String pipeline, List<Due> due, Cursor cursor, Instant now) {
        List<Due> added = new ArrayList<>();
        state.inTransaction(() -> {
            added.clear();
            for (Due each : due) {
                if (insert(environment, each, now)) {
                    added.add(each);
                }
            }
            new SlotCursors(state).move(environment, pipeline, cursor);
        });
        return added;
    }

    /** Queues one without a schedule: somebody asked for it. */
    public boolean queue(String environment, Due due, Instant now) {
        return insert(environment, due, now);
    }

    private boolean insert(String environment, Due due, Instant now) {
        String ended = due.skipped() ? now.toString() : null;
        return state.update(
                        "insert into schedule_slot (" + String.join(", ", COLUMNS) + ") values ("
                                + "?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, null, ?, null, ?, ?, null, null, null,"
                                + " '', '', 0, '', 0) on conflict do nothing",
                        due.id(),
                        environment,
                        due.pipeline(),
                        due.dueAt().toString(),
                        due.dueAt().toString(),
                        due.tier(),
                        due.cause(),
                        key(due.skipped() ? Status.DONE : Status.QUEUED),
                        due.skips(),
                        text(due.lateAfter()),
                        now.toString(),
                        ended,
                        due.skipped() ? Slot.SKIPPED : null)
                == 1;
    }

    /** A process is about to be started for it, by this one. */
    public boolean starting(Slot slot) {
        return state.update(
                        "update schedule_slot set status = 'starting', attempt = attempt + 1, host = ?, machine = ?,"
                                + " pid = ?, process_started_at = ?, lease_until = " + RunLease.until(state.home())
                                + BY_ATTEMPT + "'queued'",
                        own(slot.id(), slot.attempt()))
                == 1;
    }

    /** This process is the one that was started for it, and does it from now on; false when it is not to. */
    public boolean take(String id, int attempt, Instant now) {
        Object[] own = own(id, attempt);
        Object[] values = new Object[own.length + 1];
        values[0] = now.toString();
        System.arraycopy(own, 0, values, 1, own.length);
        return state.update(
                        "update schedule_slot set status = 'running', started_at = ?, host = ?, machine = ?, pid = ?,"
                                + " process_started_at = ?, lease_until = " + RunLease.until(state.home())
                                + BY_ATTEMPT + "'starting'",
                        values)
                == 1;
    }

    private Object[] own(String id, int attempt) {
        RunProcess process = RunProcess.current();
        return new Object[] {
            state.machine().host(), state.machine().id(), process.pid(), process.startedAt(), id, attempt
        };
    }

    /** The process that was to take it is gone before it did: it waits again. */
    public boolean requeue(Slot slot) {
        return state.update(
                        "update schedule_slot set status = 'queued', host = '', machine = '', pid = 0" + BY_ATTEMPT
                                + "'starting'",
                        slot.id(),
                        slot.attempt())
                == 1;
    }

    /**
     * What came of a slot.
     *
     * @param outcome as of runs, or {@link Slot#SKIPPED}
     */
    public record End(
            String outcome,
            @Nullable Integer exitCode,
            @Nullable String runId,
            @Nullable String message) {}

    /** True when it was in that status until now, of that attempt: whoever hears so is the one that ended it. */
    public boolean end(String id, int attempt, Status from, End end, Instant now) {
        return state.update(
                        "update schedule_slot set status = 'done', outcome = ?, exit_code = ?, run_id = ?, message = ?,"
                                + " ended_at = ?" + BY_ATTEMPT + "?",
                        end.outcome(),
                        end.exitCode(),
                        end.runId(),
                        end.message(),
                        now.toString(),
                        id,
                        attempt,
                        key(from))
                == 1;
    }

    /** The same, of one that waits and whose place a later one takes. */
    public boolean skip(Slot slot, String because, Instant now) {
        return end(slot.id(), slot.attempt(), Status.QUEUED, new End(Slot.SKIPPED, null, null, because), now);
    }

    /** Asks for the end of one that was begun. */
    public void requestStop(String id) {
        state.update("update schedule_slot set stop = 1 where slot_id = ? and status <> 'done'", id);
    }

    /** Notes that it is late; true for who noted it first. */
    public boolean late(Slot slot, Instant now) {
        return state.update(
                        "update schedule_slot set late_at = ? where slot_id = ? and late_at is null",
                        now.toString(),
                        slot.id())
                == 1;
    }

    /** Those that are not done, oldest first. */
    public List<Slot> open(String environment) {
        return slots("where environment = ? and status <> 'done' order by due_at, pipeline", environment);
    }

    /** The newest slot of each pipeline that is done. */
    public List<Slot> lastDone(String environment) {
        return slots(
                "where environment = ? and status = 'done' and slot = (select max(slot) from schedule_slot as newest"
                        + " where newest.environment = schedule_slot.environment"
                        + " and newest.pipeline = schedule_slot.pipeline and newest.status = 'done')"
                        + " order by pipeline",
                environment);
    }

    /** The newest slots, of one pipeline or of all, newest first. */
    public List<Slot> newest(String environment, @Nullable String pipeline, int most) {
        return pipeline == null
                ? slots("where environment = ? order by slot_id desc limit ?", environment, most)
                : slots(
                        "where environment = ? and pipeline = ? order by slot desc limit ?",
                        environment,
                        pipeline,
                        most);
    }

    /** By its whole id. */
    public Optional<Slot> byId(String id) {
        return slots("where slot_id = ?", id).stream().findFirst();
    }

    /** By the beginning of its id; several when several begin so. */
    public List<Slot> find(String prefix) {
        return slots("where substr(slot_id, 1, length(?)) = ? order by slot_id limit 2", prefix, prefix);
    }

    /** The newest run of the process that took a slot, as a document; empty when it began none. */
    public Optional<String> runOf(Slot slot) {
        return state
                .query(
                        "select run.document from run join schedule_slot as s on s.machine = run.machine and s.pid = run.pid"
                                + " and s.process_started_at = run.process_started_at"
                                + " where s.slot_id = ? order by run.run_id desc limit 1",
                        row -> row.getString(1),
                        slot.id())
                .stream()
                .findFirst();
    }

    private List<Slot> slots(String where, @Nullable Object... values) {
        String lapsed = "case when lease_until < " + state.home().now() + " then 1 else 0 end";
        return state.query(
                "select " + String.join(", ", COLUMNS) + ", " + lapsed + " from schedule_slot " + where,
                this::slot,
                values);
    }

    private Slot slot(ResultSet row) throws SQLException {
        Status status = Status.valueOf(row.getString(8).toUpperCase(Locale.ROOT));
        int exitCode = row.getInt(18);
        Integer exit = row.wasNull() ? null : Integer.valueOf(exitCode);
        return new Slot(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Instant.parse(row.getString(5)),
                row.getInt(6),
                row.getString(7),
                status,
                row.getInt(9),
                row.getInt(10),
                row.getInt(11) == 1,
                instant(row, 12),
                instant(row, 13),
                Instant.parse(row.getString(14)),
                instant(row, 15),
                instant(row, 16),
                row.getString(17),
                exit,
                row.getString(19),
                row.getString(20),
                holder(row, status));
    }

    private Holder holder(ResultSet row, Status status) throws SQLException {
        boolean here = row.getString(22).equals(state.machine().id());
        boolean held = status == Status.STARTING || status == Status.RUNNING;
        boolean alive =
                held && (here ? new RunProcess(row.getLong(23), row.getString(24)).isAlive() : row.getInt(26) == 0);
        return new Holder(row.getLong(23), row.getString(21), here, alive);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String key(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
