package io.headworks.core.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When pipelines last ran to a good end. */
public final class PublishedRuns {
    /** Slices of a backfill end in any order: so many of the newest runs are asked for the newest end. */
    private static final int NEWEST = 30;

    private final StateDatabase state;

    public PublishedRuns(StateDatabase state) {
        this.state = state;
    }

    /**
     * The newest ends of runs that published, or had nothing to do.
     *
     * @param withData of those that published something
     */
    public record Published(
            @Nullable Instant ended, @Nullable Instant withData) {}

    public Published newest(String environment, String pipeline) {
        List<End> ends = state.query(
                "select completed_at, "
                        + state.home().jsonText("document", List.of("nothing_to_do")) + " from (select completed_at,"
                        + " document, status from run where pipeline = ? and environment = ?"
                        + " order by run_id desc limit " + NEWEST + ") as newest"
                        + " where status in ('success', 'unverified', 'partial') and completed_at is not null",
                row -> new End(Instant.parse(row.getString(1)), row.getString(2) == null),
                pipeline,
                environment);
        return new Published(
                ends.stream().map(End::at).max(Instant::compareTo).orElse(null),
                ends.stream()
                        .filter(End::withData)
                        .map(End::at)
                        .max(Instant::compareTo)
                        .orElse(null));
    }

    /** When the newest run of a pipeline began, however it ended; null when there was none. */
    public @Nullable Instant newestStart(String environment, String pipeline) {
        return state
                .query(
                        "select started_at from run where pipeline = ? and environment = ? order by run_id desc limit 1",
                        row -> Instant.parse(row.getString(1)),
                        pipeline,
                        environment)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private record End(Instant at, boolean withData) {}
}
