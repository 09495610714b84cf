package io.headworks.core.state;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reader: run documents, newest first. */
public final class RunHistory {
    private final StateDatabase state;

    public RunHistory(StateDatabase state) {
        this.state = state;
    }

    /** Documents of the newest runs, of one pipeline or of all. */
    public List<String> newest(@Nullable String pipeline, int limit) {
        return pipeline == null
                ? state.query("select document from run order by run_id desc limit ?", row -> row.getString(1), limit)
                : state.query(
                        "select document from run where pipeline = ? order by run_id desc limit ?",
                        row -> row.getString(1),
                        pipeline,
                        limit);
    }

    /** The newest run of each pipeline, by pipeline. */
    public List<String> latestOfEach(String environment) {
        return state.query(
                "select document from run where run_id in (select max(run_id) from run where environment = ?"
                        + " group by pipeline) order by pipeline",
                row -> row.getString(1),
                environment);
    }

    /**
     * The run whose id begins so.
     *
     * @throws IllegalArgumentException when several do
     */
    public Optional<String> byId(String prefix) {
        List<String> found = state.query(
                "select document from run where substr(run_id, 1, length(?)) = ? limit 2",
                row -> row.getString(1),
                prefix,
                prefix);
        if (found.size() > 1) {
            throw new IllegalArgumentException("Cannot choose a run: several begin with '" + prefix + "'");
        }
        return found.stream().findFirst();
    }

    /** Runs of one group, in the order in which they began. */
    public List<String> group(String id) {
        return state.query(
                "select document from run where run_id > ? and "
                        + state.home().jsonText("document", List.of("asked", "group")) + " = ? order by run_id",
                row -> row.getString(1),
                id,
                id);
    }

    /** Runs that are under way. */
    public List<Open> open() {
        String here = state.machine().id();
        return state.query(
                "select document, host, machine from run where status in ('queued', 'running') order by run_id",
                row -> new Open(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3).isEmpty() || row.getString(3).equals(here)));
    }

    /**
     * A run that is under way.
     *
     * @param isHere whether its process is one of this machine
     */
    public record Open(String document, String host, boolean isHere) {}

    /**
     * True when the newest run of a pipeline that ended by itself failed a P0 check, or a look at its table did since, and
     * nobody has cleared that.
     */
    boolean failedGravely(String pipeline, String environment) {
        return !state.query(
                        "select 1 from check_result as c where severity = 'P0' and status in ('failed', 'error')"
                                + " and run_id = (select max(run_id) from run where pipeline = ? and environment = ?"
                                + " and status not in ('running', 'queued', 'cancelled')) and not exists (select 1"
                                + " from incident as i where i.environment = c.environment and i.dataset = c.dataset"
                                + " and i.name = c.name and i.run_id = c.run_id and i.status = 'closed')"
                                + " union all select 1 from incident where severity = 'P0' and status = 'open'"
                                + " and run_id not in (select run_id from run)"
                                + " and pipeline = ? and environment = ? and seen_at > coalesce((select"
                                + " max(started_at) from run where pipeline = ? and environment = ?"
                                + " and status not in ('running', 'queued', 'cancelled')), '')",
                        row -> row.getInt(1),
                        pipeline,
                        environment,
                        pipeline,
                        environment,
                        pipeline,
                        environment)
                .isEmpty();
    }

    public Optional<String> plan(String runId) {
        return state.query("select document from plan where run_id = ?", row -> row.getString(1), runId).stream()
                .findFirst();
    }

    /** The newest plan that a run of a pipeline was made from. */
    public Optional<String> latestPlan(String pipeline, String environment) {
        return state
                .query(
                        "select plan.document from plan join run on run.run_id = plan.run_id"
                                + " where run.pipeline = ? and run.environment = ? order by run.run_id desc limit 1",
                        row -> row.getString(1),
                        pipeline,
                        environment)
                .stream()
                .findFirst();
    }
}
