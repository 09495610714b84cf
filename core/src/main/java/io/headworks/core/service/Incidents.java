package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.state.CheckHistory;
import io.headworks.core.state.IncidentStore;
import io.headworks.core.state.IncidentStore.Incident;
import io.headworks.core.state.StateDatabase;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What failing checks left to be done, and what checks found before. */
public final class Incidents {
    private final ProjectState place;
    private final Clock clock;

    public Incidents(ProjectState place, Clock clock) {
        this.place = place;
        this.clock = clock;
    }

    /** Worst first. */
    public List<Incident> list(String environment, boolean withClosed) {
        if (!place.isThere()) {
            return List.of();
        }
        try (StateDatabase state = place.open()) {
            return new IncidentStore(state).list(environment, withClosed);
        }
    }

    /**
     * Closes one, so that what it held goes on.
     *
     * @param id the beginning of its id
     */
    public Incident close(String environment, String id, String why) {
        List<Incident> found = List.of();
        if (place.isThere() && !id.isBlank()) {
            try (StateDatabase state = place.open()) {
                IncidentStore incidents = new IncidentStore(state);
                found = incidents.find(environment, id);
                if (found.size() == 1 && incidents.close(found.get(0), why, clock.instant())) {
                    return found.get(0);
                }
            }
        }
        String reason = found.isEmpty()
                ? "there is none of that id in environment " + environment
                : found.size() > 1 ? "several begin with that" : "it is closed already";
        throw new HeadworksException(
                FailureKind.PROJECT, "Cannot close incident " + id + ": " + reason, "hw incidents lists them");
    }

    /** Results of a table's checks, newest first, as documents. */
    public List<Map<String, @Nullable Object>> results(String environment, String table, int limit) {
        if (!place.isThere()) {
            return List.of();
        }
        try (StateDatabase state = place.open()) {
            return new CheckHistory(state)
                    .newest(environment, table, limit).stream()
                            .map(Incidents::document)
                            .toList();
        }
    }

    private static Map<String, @Nullable Object> document(CheckHistory.Kept kept) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", kept.check());
        tree.put("dataset", kept.dataset());
        tree.put("rule", kept.rule());
        tree.put("severity", kept.severity());
        tree.put("status", kept.status());
        tree.put("rows", kept.rows());
        tree.put("failing_rows", kept.failingRows());
        tree.put("observed", kept.observed());
        tree.put("value", kept.value());
        tree.put("run_id", kept.runId());
        tree.put("checked_at", kept.checkedAt());
        return tree;
    }

    /** The public document of an entry. */
    public static Map<String, @Nullable Object> document(Incident incident) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", incident.id());
        tree.put("status", incident.status());
        tree.put("severity", incident.severity());
        tree.put("dataset", incident.dataset());
        tree.put("check", incident.check());
        tree.put("rule", incident.rule());
        tree.put("pipeline", incident.pipeline().isEmpty() ? null : incident.pipeline());
        tree.put("environment", incident.environment());
        tree.put("run_id", incident.runId());
        tree.put("times", incident.times());
        tree.put("failing_rows", incident.failingRows());
        tree.put("observed", incident.observed());
        tree.put("opened_at", incident.openedAt());
        tree.put("seen_at", incident.seenAt());
        tree.put("due_at", incident.dueAt());
        tree.put("closed_at", incident.closedAt());
        tree.put("closed_why", incident.closedWhy());
        return tree;
    }
}
