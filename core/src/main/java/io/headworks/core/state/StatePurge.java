package io.headworks.core.state;

import java.time.Instant;
import java.util.List;

/** Removes old runs from the state, a few at a time; the newest of each pipeline and those under way stay. */
public final class StatePurge {
    private static final int AT_A_TIME = 500;
    private static final String STAYS =
            "run_id in (select max(run_id) from run group by environment, pipeline) or status in ('queued', 'running')";

    private final StateDatabase state;

    public StatePurge(StateDatabase state) {
        this.state = state;
    }

    /** Runs that started before then, and counts that looks between runs left. */
    public int olderThan(Instant limit) {
        state.update(
                "delete from check_result where checked_at < ? and run_id not in (select run_id from run)",
                limit.toString());
        return remove(
                "select run_id from run where started_at < ? and not (" + STAYS + ") order by run_id limit "
                        + AT_A_TIME,
                limit.toString());
    }

    /** All runs but the newest so many. */
    public int beyond(int newest) {
        List<String> oldestKept = state.query(
                "select run_id from run order by run_id desc limit 1 offset ?",
                row -> row.getString(1),
                Math.max(0, newest - 1));
        return oldestKept.isEmpty()
                ? 0
                : remove(
                        "select run_id from run where run_id < ? and not (" + STAYS + ") order by run_id limit "
                                + AT_A_TIME,
                        oldestKept.get(0));
    }

    /** Oldest runs, until the file's content fits into so many bytes. */
    public int untilBelow(long bytes) {
        int removed = 0;
        while (contentBytes() > bytes) {
            int step =
                    removeOnce("select run_id from run where not (" + STAYS + ") order by run_id limit " + AT_A_TIME);
            if (step == 0) {
                break;
            }
            removed += step;
        }
        return removed;
    }

    /** Slots that were done before the oldest run that is kept, the newest of each pipeline left out. */
    public int slots() {
        return state.update(
                "delete from schedule_slot where status = 'done'"
                        + " and ended_at < coalesce((select min(started_at) from run), '')"
                        + " and slot <> (select max(slot) from schedule_slot as newest"
                        + " where newest.environment = schedule_slot.environment and newest.pipeline = schedule_slot.pipeline)");
    }

    /** Ids of runs that are kept. */
    public List<String> kept() {
        return state.query("select run_id from run", row -> row.getString(1));
    }

    /** Bytes that hold something. */
    public long contentBytes() {
        return state.onSession(state.home()::contentBytes);
    }

    /** Gives freed room back; a file needs as much room as it has content for that. */
    public void shrink() {
        state.onSession(session -> {
            state.home().shrink(session);
            return true;
        });
    }

    private int remove(String select, Object value) {
        int removed = 0;
        int step;
        do {
            step = removeOnce(select, value);
            removed += step;
        } while (step == AT_A_TIME);
        return removed;
    }

    private int removeOnce(String select, Object... values) {
        int[] removed = new int[1];
        state.inTransaction(() -> {
            List<String> runs = state.query(select, row -> row.getString(1), values);
            for (String run : runs) {
                state.update("delete from plan where run_id = ?", run);
                state.update("delete from check_result where run_id = ?", run);
                state.update("delete from run where run_id = ?", run);
            }
            removed[0] = runs.size();
        });
        return removed[0];
    }
}
