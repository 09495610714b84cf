package io.headworks.core.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far each schedule has been looked at: what came before is in the queue or was left out on purpose. */
public final class SlotCursors {
    /** All columns. */
    static final List<String> COLUMNS = List.of("environment", "pipeline", "definition", "evaluated_to", "seen");

    private final StateDatabase state;

    public SlotCursors(StateDatabase state) {
        this.state = state;
    }

    /**
     * Where a schedule is.
     *
     * @param definition of the schedule that was looked at
     * @param evaluatedTo the instant up to which its slots were queued
     * @param seen the inputs or files that it knows
     */
    public record Cursor(String definition, Instant evaluatedTo, String seen) {}

    /** By pipeline. */
    public Map<String, Cursor> of(String environment) {
        Map<String, Cursor> cursors = new LinkedHashMap<>();
        state.query(
                        "select pipeline, definition, evaluated_to, seen from schedule_cursor where environment = ?"
                                + " order by pipeline",
                        row -> Map.entry(
                                row.getString(1),
                                new Cursor(row.getString(2), Instant.parse(row.getString(3)), row.getString(4))),
                        environment)
                .forEach(each -> cursors.put(each.getKey(), each.getValue()));
        return cursors;
    }

    /** Replaces it. */
    void move(String environment, String pipeline, Cursor to) {
        state.update(
                Upsert.into("schedule_cursor", COLUMNS.subList(0, 2), COLUMNS.subList(2, COLUMNS.size())),
                environment,
                pipeline,
                to.definition(),
                to.evaluatedTo().toString(),
                to.seen());
    }
}
