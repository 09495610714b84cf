package io.headworks.core.state;

import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Severity;
import io.headworks.core.json.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What failing checks left to be done. One entry for a check as long as it fails: P0 and P1 are incidents with a time by
 * which somebody has acted, P2 and P3 go to the backlog. A check that passes again closes its entry; so does a person.
 */
public final class IncidentStore {
    static final List<String> COLUMNS = List.of(
            "incident_id",
            "environment",
            "pipeline",
            "dataset",
            "name",
            "rule",
            "severity",
            "status",
            "run_id",
            "times",
            "failing_rows",
            "observed",
            "opened_at",
            "seen_at",
            "due_at",
            "closed_at",
            "closed_why");
    private static final Duration DUE_P1 = Duration.ofHours(4);
    private static final int ID_DIGITS = 10;

    private final StateDatabase state;

    public IncidentStore(StateDatabase state) {
        this.state = state;
    }

    /** An entry. */
    public record Incident(
            String id,
            String environment,
            String pipeline,
            String dataset,
            String check,
            String rule,
            String severity,
            String status,
            String runId,
            long times,
            long failingRows,
            @Nullable String observed,
            String openedAt,
            String seenAt,
            @Nullable String dueAt,
            @Nullable String closedAt,
            @Nullable String closedWhy) {}

    /** Where a result comes from. */
    public record Seen(String runId, String environment, String pipeline, String dataset, Instant at) {}

    /** Keeps what a look between runs found, and what follows from it; texts with secrets masked. */
    public void keep(Seen seen, List<CheckResult> results, UnaryOperator<String> masked) {
        state.inTransaction(() -> results.forEach(result -> observe(seen, result, remember(seen, result, masked))));
    }

    /** Keeps what somebody asked once. Nothing follows from it: neither does it fail the project, nor does it cure it. */
    public void keepAnswers(Seen seen, List<CheckResult> results, UnaryOperator<String> masked) {
        state.inTransaction(() -> results.stream()
                .filter(result -> result.status() != CheckResult.Status.ERROR)
                .forEach(result -> remember(seen, result, masked)));
    }

    private @Nullable String remember(Seen seen, CheckResult result, UnaryOperator<String> masked) {
        String said = result.error() == null ? result.observed() : result.error();
        String observed = said == null ? null : masked.apply(said);
        new CheckHistory(state).add(seen.runId(), seen.environment(), seen.dataset(), result, observed, seen.at());
        return observed;
    }

    /** Opens, repeats or closes the entry of a check; a result that says nothing leaves it. Right when done twice. */
    void observe(Seen seen, CheckResult result, @Nullable String observed) {
        if (result.status() == CheckResult.Status.PASSED || result.status() == CheckResult.Status.WARNED) {
            state.update(
                    "update incident set status = 'closed', closed_at = ?, closed_why = ? where environment = ?"
                            + " and dataset = ? and name = ? and status <> 'closed' and seen_at <= ?",
                    seen.at().toString(),
                    "passed in " + seen.runId(),
                    seen.environment(),
                    seen.dataset(),
                    result.check().name(),
                    seen.at().toString());
        } else if (result.status() != CheckResult.Status.UNVERIFIED && !repeated(seen, result, observed)) {
            open(seen, result, observed);
        }
    }

    private boolean repeated(Seen seen, CheckResult result, @Nullable String observed) {
        String ofCheck = " where environment = ? and dataset = ? and name = ?";
        String environment = seen.environment();
        String dataset = seen.dataset();
        String check = result.check().name();
        boolean known = !state.query(
                        "select 1 from incident" + ofCheck + " and (status <> 'closed' or run_id = ?)",
                        row -> row.getInt(1),
                        environment,
                        dataset,
                        check,
                        seen.runId())
                .isEmpty();
        if (known) {
            state.update(
                    "update incident set times = times + 1, run_id = ?, seen_at = ?, failing_rows = ?, observed = ?"
                            + ofCheck + " and status <> 'closed' and run_id <> ?",
                    seen.runId(),
                    seen.at().toString(),
                    result.failingRows(),
                    observed,
                    environment,
                    dataset,
                    check,
                    seen.runId());
        }
        return known;
    }

    private void open(Seen seen, CheckResult result, @Nullable String observed) {
        Severity severity = result.check().severity();
        String at = seen.at().toString();
        state.update(
                Upsert.into("incident", COLUMNS.subList(0, 1), COLUMNS.subList(1, COLUMNS.size())),
                id(seen, result),
                seen.environment(),
                seen.pipeline(),
                seen.dataset(),
                result.check().name(),
                result.check().rule().key(),
                severity.name(),
                severity.compareTo(Severity.P1) <= 0 ? "open" : "backlog",
                seen.runId(),
                1L,
                result.failingRows(),
                observed,
                at,
                at,
                due(severity, seen.at()),
                null,
                null);
    }

    private static @Nullable String due(Severity severity, Instant at) {
        return switch (severity) {
            case P0 -> at.toString();
            case P1 -> at.plus(DUE_P1).toString();
            case P2, P3 -> null;
        };
    }

    private static String id(Seen seen, CheckResult result) {
        String of = String.join(
                "\n", seen.environment(), seen.dataset(), result.check().name(), seen.runId());
        return Sha256.of(of).substring(0, ID_DIGITS);
    }

    /** Worst first, then the oldest; closed ones at the end where they are asked for. */
    public List<Incident> list(String environment, boolean withClosed) {
        return state.query(
                "select " + String.join(", ", COLUMNS) + " from incident where environment = ?"
                        + (withClosed ? "" : " and status <> 'closed'")
                        + " order by case when status = 'closed' then 1 else 0 end, severity, opened_at, incident_id",
                IncidentStore::incident,
                environment);
    }

    /** Those whose id begins so. */
    public List<Incident> find(String environment, String id) {
        return list(environment, true).stream()
                .filter(each -> each.id().startsWith(id.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** False when it was closed already. */
    public boolean close(Incident incident, String why, Instant at) {
        return state.update(
                        "update incident set status = 'closed', closed_at = ?, closed_why = ? where incident_id = ?"
                                + " and status <> 'closed'",
                        at.toString(),
                        why,
                        incident.id())
                > 0;
    }

    private static Incident incident(ResultSet row) throws SQLException {
        return new Incident(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getLong(10),
                row.getLong(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                row.getString(17));
    }
}
