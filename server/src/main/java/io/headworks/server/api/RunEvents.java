package io.headworks.server.api;

import io.headworks.core.json.Json;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.view.Platform;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Streams of what becomes of a run. One thread looks for all that watch; there is room for so many. */
public final class RunEvents implements AutoCloseable {
    private static final int MOST = 64;
    private static final long LOOK_EVERY_MILLIS = 500;
    private static final Set<String> UNDER_WAY = Set.of("queued", "running");

    private final Platform platform;
    private final AtomicInteger open = new AtomicInteger();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "run-events");
        thread.setDaemon(true);
        return thread;
    });

    public RunEvents(Platform platform) {
        this.platform = platform;
    }

    /** Answers with the stream. */
    void watch(Exchange exchange) {
        String id = String.valueOf(platform.run(exchange.path("id")).get("run_id"));
        String accepted = exchange.context().header("Accept");
        if (accepted == null || !accepted.contains("text/event-stream")) {
            throw new Refusal(
                    406,
                    "A stream",
                    "Cannot answer with a document: this is a stream of events",
                    "ask with Accept: text/event-stream");
        }
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw new Refusal(
                    503,
                    "Too many watch",
                    "Cannot open a stream: " + MOST + " are open",
                    "close one, or ask for the run itself");
        }
        new SseHandler(client -> follow(client, id)).handle(exchange.context());
    }

    private void follow(SseClient client, String id) {
        client.keepAlive();
        AtomicReference<@Nullable String> last = new AtomicReference<>();
        AtomicReference<@Nullable ScheduledFuture<?>> task = new AtomicReference<>();
        client.onClose(() -> {
            ScheduledFuture<?> following = task.getAndSet(null);
            if (following != null) {
                following.cancel(false);
            }
            open.decrementAndGet();
        });
        task.set(looking.scheduleWithFixedDelay(
                () -> look(client, id, last), 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void look(SseClient client, String id, AtomicReference<@Nullable String> last) {
        try {
            Map<String, @Nullable Object> run = platform.run(id);
            String document = Json.compact(run);
            if (!document.equals(last.getAndSet(document))) {
                client.sendEvent("run", document);
            } else {
                // finds out that nobody listens any more
                client.sendComment("");
            }
            if (!UNDER_WAY.contains(String.valueOf(run.get("status")))) {
                client.sendEvent("end", "{}");
                client.close();
            }
        } catch (RuntimeException failed) {
            client.sendEvent("failed", Json.compact(Map.of("detail", String.valueOf(failed.getMessage()))));
            client.close();
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
