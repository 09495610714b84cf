package io.headworks.core.state;

import java.util.List;

/** Who changed what through the server, and how that ended. Rows are only ever added. */
public final class AuditTrail {
    static final List<String> COLUMNS =
            List.of("audit_id", "happened_at", "who", "role", "action", "subject", "outcome", "address");

    private final StateDatabase state;

    public AuditTrail(StateDatabase state) {
        this.state = state;
    }

    /**
     * An entry.
     *
     * @param id increases with time
     * @param who the name of a token, or of the session it opened
     * @param action what was asked for, as the route is called
     * @param subject what it was asked for
     * @param outcome the HTTP status
     * @param address where the request came from
     */
    public record Entry(
            String id,
            String at,
            String who,
            String role,
            String action,
            String subject,
            String outcome,
            String address) {}

    public void add(Entry entry) {
        state.update(
                Upsert.into("audit", COLUMNS.subList(0, 1), COLUMNS.subList(1, COLUMNS.size())),
                entry.id(),
                entry.at(),
                entry.who(),
                entry.role(),
                entry.action(),
                entry.subject(),
                entry.outcome(),
                entry.address());
    }

    /** The newest so many. */
    public List<Entry> newest(int limit) {
        return state.query(
                "select " + String.join(", ", COLUMNS) + " from audit order by audit_id desc limit ?",
                row -> new Entry(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)),
                limit);
    }
}
