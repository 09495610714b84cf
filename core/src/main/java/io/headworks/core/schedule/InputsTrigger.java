package io.headworks.core.schedule;

import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.state.PublishedRuns;
import io.headworks.core.state.PublishedRuns.Published;
import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slot once each pipeline that writes one of the inputs has run to a good end since the last such slot, and one of them
 * at least has brought new data. One that found nothing new holds nobody up; one that fails holds the slot up until it is
 * well again.
 */
final class InputsTrigger implements Trigger {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ScheduledPipeline pipeline;
    private final String environment;
    private final PublishedRuns runs;
    private @Nullable Instant lastLook;

    InputsTrigger(ScheduledPipeline pipeline, String environment, PublishedRuns runs) {
        this.pipeline = pipeline;
        this.environment = environment;
        this.runs = runs;
    }

    @Override
    public @Nullable Step look(@Nullable Cursor cursor, Instant now) {
        boolean soon = lastLook != null && !now.isBefore(lastLook) && now.isBefore(lastLook.plus(EVERY));
        if (soon || pipeline.upstream().isEmpty()) {
            return null;
        }
        lastLook = now;
        Cursor last = cursor != null && cursor.definition().equals(pipeline.definition()) ? cursor : null;
        Map<String, Instant> seen = last == null ? sinceOwnRun() : seen(last);
        Map<String, @Nullable Object> newest = new LinkedHashMap<>();
        List<String> brought = new ArrayList<>();
        boolean complete = true;
        for (String input : pipeline.upstream()) {
            Published published = runs.newest(environment, input);
            Instant before = seen.getOrDefault(input, Instant.MIN);
            boolean again = published.ended() != null && published.ended().isAfter(before);
            complete &= again;
            if (published.withData() != null && published.withData().isAfter(before)) {
                brought.add(input);
            }
            Instant ended = again ? published.ended() : before;
            newest.put(input, ended == null ? null : ended.toString());
        }
        if (!complete || brought.isEmpty()) {
            return last != null ? null : new Step(List.of(), cursor(texts(seen), now));
        }
        return new Step(List.of(due(brought, now)), cursor(newest, now));
    }

    @Override
    public void lookSoon() {
        lastLook = null;
    }

    private Cursor cursor(Map<String, @Nullable Object> seen, Instant now) {
        return new Cursor(pipeline.definition(), now, Json.compact(seen));
    }

    /** Before the first look: what came since the pipeline last began is new to it. */
    private Map<String, Instant> sinceOwnRun() {
        Instant own = runs.newestStart(environment, pipeline.name());
        Map<String, Instant> seen = new LinkedHashMap<>();
        if (own != null) {
            pipeline.upstream().forEach(input -> seen.put(input, own));
        }
        return seen;
    }

    private static Map<String, Instant> seen(Cursor cursor) {
        Map<String, Instant> seen = new LinkedHashMap<>();
        Json.readObject(cursor.seen()).forEach((input, ended) -> seen.put(input, Instant.parse(String.valueOf(ended))));
        return seen;
    }

    private static Map<String, @Nullable Object> texts(Map<String, Instant> seen) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        seen.forEach((input, ended) -> texts.put(input, ended.toString()));
        return texts;
    }

    private Due due(List<String> brought, Instant now) {
        Instant slot = now.truncatedTo(ChronoUnit.MILLIS);
        return new Due(
                RunIds.next(now),
                pipeline.name(),
                slot,
                pipeline.tier(),
                "new data of " + String.join(", ", brought),
                0,
                pipeline.sla() == null ? null : slot.plus(pipeline.sla()),
                false);
    }
}
