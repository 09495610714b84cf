package io.headworks.server.access;

import io.headworks.core.ledger.RunIds;
import io.headworks.core.service.ProjectState;
import io.headworks.core.state.AuditTrail;
import io.headworks.core.state.AuditTrail.Entry;
import io.headworks.core.state.StateDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Who asked for which change, and what came of it; refused ones too. */
public final class Audit {
    private static final int LONGEST = 200;

    private final ProjectState place;
    private final Clock clock;

    public Audit(ProjectState place, Clock clock) {
        this.place = place;
        this.clock = clock;
    }

    /**
     * Keeps an entry.
     *
     * @param status of the answer
     * @param address where the request came from
     */
    public void keep(Caller caller, String action, String subject, int status, String address) {
        Instant now = clock.instant();
        Entry entry = new Entry(
                RunIds.next(now),
                now.toString(),
                caller.name(),
                caller.role().key(),
                action,
                subject.length() > LONGEST ? subject.substring(0, LONGEST) : subject,
                String.valueOf(status),
                address);
        try (StateDatabase state = place.open()) {
            new AuditTrail(state).add(entry);
        }
    }

    /** Newest first. */
    public List<Entry> newest(int limit) {
        if (!place.isThere()) {
            return List.of();
        }
        try (StateDatabase state = place.open()) {
            return new AuditTrail(state).newest(limit);
        }
    }
}
