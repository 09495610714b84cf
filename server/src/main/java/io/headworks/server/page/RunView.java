package io.headworks.server.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run's document as its page shows it. */
public record RunView(Map<String, @Nullable Object> run, TimeLine timeLine) {
    private static final Set<String> UNDER_WAY = Set.of("queued", "running");
    private static final Map<String, String> FACTS = facts();

    static RunView of(Map<String, @Nullable Object> run) {
        return new RunView(run, TimeLine.of(Documents.list(run, "stages")));
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("dataset", "Dataset");
        facts.put("trigger", "Trigger");
        facts.put("started_at", "Started (UTC)");
        facts.put("completed_at", "Ended (UTC)");
        facts.put("physical_plan", "Physical plan");
        facts.put("nothing_to_do", "Nothing to do");
        facts.put("watermark_before", "Position before");
        facts.put("watermark_after", "Position after");
        facts.put("guarantee", "Guarantee");
        facts.put("plan_hash", "Plan hash");
        return facts;
    }

    public String text(String key) {
        return Documents.text(run, key);
    }

    public boolean isUnderWay() {
        return UNDER_WAY.contains(text("status"));
    }

    /** True when something is left to do again. */
    public boolean canBeRetried() {
        return text("status").equals("failed") || text("status").equals("cancelled");
    }

    /** What there is to say, with its name. */
    public List<Map.Entry<String, String>> shownFacts() {
        List<Map.Entry<String, String>> shown = new ArrayList<>();
        FACTS.forEach((key, name) -> {
            String value = text(key);
            if (!value.isEmpty()) {
                shown.add(Map.entry(name, key.endsWith("_at") ? Show.time(value) : value));
            }
        });
        return shown;
    }

    public String hint() {
        return Documents.text(Documents.map(run, "error"), "hint");
    }

    public List<Map<String, @Nullable Object>> stages() {
        return Documents.list(run, "stages");
    }

    public List<Map<String, @Nullable Object>> checks() {
        return Documents.list(run, "checks");
    }

    public List<?> notes() {
        return run.get("notes") instanceof List<?> notes ? notes : List.of();
    }

    /** Where the rows went, each kind of row once. */
    public List<Map.Entry<String, Long>> rows() {
        List<Map.Entry<String, Long>> rows = new ArrayList<>();
        for (String kind : List.of("extracted", "inserted", "updated", "unchanged", "deleted", "rejected")) {
            rows.add(Map.entry(kind, Documents.number(run, "rows_" + kind)));
        }
        return rows;
    }

    public @Nullable Double seconds() {
        return run.get("duration_seconds") instanceof Number number ? number.doubleValue() : null;
    }
}
