package io.headworks.core.schedule;

import io.headworks.api.connection.Connector;
import io.headworks.api.source.FileStamp;
import io.headworks.core.json.Sha256;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.state.SlotCursors.Cursor;
import io.headworks.core.state.SlotStore.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A slot when files match that were not there, or not so, at the last look. Which of them are read is the run's to say: it
 * knows what was loaded. Files that are gone start nothing.
 */
final class FilesTrigger implements Trigger {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int NAMED = 3;

    private final ScheduledPipeline pipeline;
    private final ScheduledPipeline.Files files;
    private final Connector connector;
    private @Nullable Instant lastLook;
    private Set<String> before = Set.of();

    FilesTrigger(ScheduledPipeline pipeline, ScheduledPipeline.Files files, Connector connector) {
        this.pipeline = pipeline;
        this.files = files;
        this.connector = connector;
    }

    @Override
    public @Nullable Step look(@Nullable Cursor cursor, Instant now) {
        if (lastLook != null && !now.isBefore(lastLook) && now.isBefore(lastLook.plus(EVERY))) {
            return null;
        }
        lastLook = now;
        List<FileStamp> stamps =
                connector.files(files.connection(), files.extract()).orElse(List.of());
        Set<String> present = new TreeSet<>();
        stamps.forEach(stamp -> present.add(text(stamp)));
        String seen = Sha256.of(String.join("\n", present));
        if (cursor != null
                && cursor.definition().equals(pipeline.definition())
                && cursor.seen().equals(seen)) {
            before = present;
            return null;
        }
        // after a restart what was there before is not known one by one: all of it may be new, and a run will tell
        List<String> fresh = stamps.stream()
                .filter(stamp -> !before.contains(text(stamp)))
                .map(FileStamp::path)
                .toList();
        before = present;
        Cursor after = new Cursor(pipeline.definition(), now, seen);
        return new Step(fresh.isEmpty() ? List.of() : List.of(due(fresh, now)), after);
    }

    private static String text(FileStamp stamp) {
        return stamp.path() + "|" + stamp.bytes() + "|" + stamp.modified();
    }

    private Due due(List<String> fresh, Instant now) {
        Instant slot = now.truncatedTo(ChronoUnit.MILLIS);
        String named = String.join(", ", fresh.subList(0, Math.min(NAMED, fresh.size())));
        String more = fresh.size() > NAMED ? " and " + (fresh.size() - NAMED) + " more" : "";
        return new Due(
                RunIds.next(now),
                pipeline.name(),
                slot,
                pipeline.tier(),
                "files " + named + more,
                0,
                pipeline.sla() == null ? null : slot.plus(pipeline.sla()),
                false);
    }
}
