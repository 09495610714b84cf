package io.headworks.core.schedule;

import io.headworks.core.state.Slot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public document of a slot. */
public final class SlotDocument {

    private SlotDocument() {}

    public static Map<String, @Nullable Object> of(Slot slot) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", slot.id());
        tree.put("pipeline", slot.pipeline());
        tree.put("environment", slot.environment());
        tree.put("slot", slot.slot());
        tree.put("cause", slot.cause());
        tree.put("status", slot.status().name().toLowerCase(Locale.ROOT));
        tree.put("outcome", slot.outcome());
        tree.put("exit_code", slot.exitCode());
        tree.put("run_id", slot.runId());
        tree.put("message", slot.message());
        tree.put("skips", slot.skips());
        tree.put("attempts", slot.attempt());
        tree.put("queued_at", slot.queuedAt().toString());
        tree.put("started_at", text(slot.startedAt()));
        tree.put("ended_at", text(slot.endedAt()));
        tree.put("late_after", text(slot.lateAfter()));
        tree.put("late_at", text(slot.lateAt()));
        tree.put("pid", slot.holder().pid() == 0 ? null : slot.holder().pid());
        tree.put("host", slot.holder().host().isEmpty() ? null : slot.holder().host());
        return tree;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
