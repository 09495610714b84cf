package io.headworks.core.state;

import io.headworks.core.json.Json;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Backfills: what each is to do and how far it is, as documents, and which places one writes at this moment. A live run
 * asks for that after it has said that it is running, and a backfill says it before it asks for live runs, so that at
 * least one of two sees the other.
 */
public final class BackfillStore {
    /** All columns. */
    static final List<String> COLUMNS = List.of(
            "backfill_id",
            "environment",
            "status",
            "document",
            "stop",
            "place",
            "host",
            "machine",
            "pid",
            "process_started_at",
            "lease_until");

    /** The status of one that is under way. */
    public static final String RUNNING = "running";

    /** The status of one whose process is gone, or that a signal stopped. */
    public static final String INTERRUPTED = "interrupted";

    private final StateDatabase state;

    public BackfillStore(StateDatabase state) {
        this.state = state;
    }

    /** A backfill as it is kept. */
    public record Kept(String id, String environment, String status, String document) {}

    /** Says that this process is doing it, from now on. */
    public void begin(String id, String environment, String document) {
        RunProcess process = RunProcess.current();
        state.update(
                Upsert.into(
                        "backfill",
                        COLUMNS.subList(0, 1),
                        COLUMNS.subList(1, 10),
                        List.of(new Upsert.Computed("lease_until", RunLease.until(state.home())))),
                id,
                environment,
                RUNNING,
                document,
                0,
                "",
                state.machine().host(),
                state.machine().id(),
                process.pid(),
                process.startedAt());
    }

    /** What came of it so far. */
    public void keep(String id, String status, String document) {
        state.update("update backfill set status = ?, document = ? where backfill_id = ?", status, document, id);
    }

    /** Says which places are written from now on; an empty list for none. */
    public void write(String id, Collection<String> places) {
        state.update(
                "update backfill set place = ? where backfill_id = ?",
                places.stream().map(place -> place + "\n").collect(Collectors.joining()),
                id);
    }

    /** The id of a backfill that writes one of these places at this moment. */
    Optional<String> writing(Collection<String> places) {
        return state
                .query(
                        "select backfill_id, place, machine, pid, process_started_at, " + lapsed()
                                + " from backfill where status = 'running' order by backfill_id",
                        row -> new Writer(
                                row.getString(1),
                                Arrays.asList(row.getString(2).split("\n")),
                                row.getString(3),
                                new RunProcess(row.getLong(4), row.getString(5)),
                                row.getInt(6) == 1))
                .stream()
                .filter(writer -> writer.places().stream().anyMatch(places::contains))
                .filter(writer -> writer.lives(state.machine()))
                .map(Writer::id)
                .findFirst();
    }

    private String lapsed() {
        return "case when lease_until < " + state.home().now() + " then 1 else 0 end";
    }

    private record Writer(String id, List<String> places, String machine, RunProcess process, boolean lapsed) {
        boolean lives(Machine here) {
            return machine.equals(here.id()) ? process.isAlive() : !lapsed;
        }
    }

    /** Asks it to stop after what is under way was rolled back. */
    public void requestStop(String id) {
        state.update("update backfill set stop = 1 where backfill_id = ? and status = 'running'", id);
    }

    public boolean isStopRequested(String id) {
        return !state.query("select 1 from backfill where backfill_id = ? and stop = 1", row -> 1, id)
                .isEmpty();
    }

    /** By the beginning of its id; several when several begin so. */
    public List<Kept> find(String prefix) {
        closeKilled();
        return kept(" where substr(backfill_id, 1, length(?)) = ?", prefix, prefix);
    }

    /** All of an environment, newest first. */
    public List<Kept> of(String environment) {
        closeKilled();
        return kept(" where environment = ?", environment);
    }

    private List<Kept> kept(String where, String... values) {
        return state.query(
                "select backfill_id, environment, status, document from backfill" + where
                        + " order by backfill_id desc",
                row -> new Kept(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                (Object[]) values);
    }

    /** One whose process is gone is interrupted, and can be resumed. */
    private void closeKilled() {
        state
                .query(
                        "select backfill_id, machine, pid, process_started_at, " + lapsed()
                                + " from backfill where status = 'running'",
                        row -> new Writer(
                                row.getString(1),
                                List.of(),
                                row.getString(2),
                                new RunProcess(row.getLong(3), row.getString(4)),
                                row.getInt(5) == 1))
                .stream()
                .filter(writer -> !writer.lives(state.machine()))
                .forEach(writer -> state.update(
                        "update backfill set status = ?, place = '' where backfill_id = ? and status = 'running'",
                        INTERRUPTED,
                        writer.id()));
    }

    /** Live runs that are under way in an environment, those of backfills left out. */
    public List<LiveRun> liveRuns(String environment) {
        return state
                .query(
                        "select run_id, pipeline, dataset, document from run where status in ('queued', 'running')"
                                + " and environment = ? order by run_id",
                        row -> new LiveRun(
                                row.getString(1), row.getString(2), row.getString(3), trigger(row.getString(4))),
                        environment)
                .stream()
                .filter(run -> run.trigger() == null || !run.trigger().startsWith("backfill "))
                .toList();
    }

    private static @Nullable String trigger(String document) {
        Object trigger = Json.readObject(document).get("trigger");
        return trigger == null ? null : trigger.toString();
    }

    /** A run that is under way. */
    public record LiveRun(
            String runId,
            String pipeline,
            String dataset,
            @Nullable String trigger) {}
}
