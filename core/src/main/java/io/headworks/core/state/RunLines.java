package io.headworks.core.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reader of many runs: what lists need, without the documents. */
public final class RunLines {
    private static final String SELECT = "select run_id, pipeline, dataset, status, started_at, completed_at from run";

    private final StateDatabase state;

    public RunLines(StateDatabase state) {
        this.state = state;
    }

    /** A run in a list; times in ISO 8601, the end null while it is under way. */
    public record Line(
            String runId,
            String pipeline,
            String dataset,
            String status,
            String startedAt,
            @Nullable String completedAt) {

        /** Seconds it took; null while it is under way. */
        public @Nullable Double seconds() {
            return completedAt == null
                    ? null
                    : Duration.between(Instant.parse(startedAt), Instant.parse(completedAt))
                                    .toMillis()
                            / 1000.0;
        }
    }

    /**
     * Which runs.
     *
     * @param pipeline null for all
     * @param status null for all
     * @param before only runs with a smaller id, which began before; null for the newest
     */
    public record Page(
            String environment,
            @Nullable String pipeline,
            @Nullable String status,
            @Nullable String before,
            int limit) {}

    /** Newest first. */
    public List<Line> page(Page page) {
        List<Object> values = new ArrayList<>(List.of(page.environment()));
        StringBuilder where = new StringBuilder(" where environment = ?");
        add(where, values, "pipeline = ?", page.pipeline());
        add(where, values, "status = ?", page.status());
        add(where, values, "run_id < ?", page.before());
        values.add(page.limit());
        return state.query(SELECT + where + " order by run_id desc limit ?", RunLines::line, values.toArray());
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable String value) {
        if (value != null) {
            where.append(" and ").append(condition);
            values.add(value);
        }
    }

    /** The newest run of each pipeline, by pipeline. */
    public List<Line> latestOfEach(String environment) {
        return state.query(
                SELECT + " where run_id in (select max(run_id) from run where environment = ? group by pipeline)"
                        + " order by pipeline",
                RunLines::line,
                environment);
    }

    /** Runs that a process of this machine carried, in the order in which they began. */
    public List<Line> ofProcess(long pid, String processStartedAt) {
        return state.query(
                SELECT + " where pid = ? and process_started_at = ? and machine = ? order by run_id",
                RunLines::line,
                pid,
                processStartedAt,
                state.machine().id());
    }

    /**
     * The living process of a run that is under way.
     *
     * @return empty when the run is over, or its process is gone or of another machine
     */
    public Optional<ProcessHandle> process(String runId) {
        return state
                .query(
                        "select pid, process_started_at from run where run_id = ? and machine = ?"
                                + " and status in ('queued', 'running')",
                        row -> new RunProcess(row.getLong(1), row.getString(2)),
                        runId,
                        state.machine().id())
                .stream()
                .filter(RunProcess::isAlive)
                .findFirst()
                .flatMap(process -> ProcessHandle.of(process.pid()));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}
