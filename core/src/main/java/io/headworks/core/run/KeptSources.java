package io.headworks.core.run;

import io.headworks.api.source.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sources that runs of one command pass on to one another, so that forty tables of a database do not cost forty log-ins. Each
 * run looks anew; only what is costly to open is the same. Thread-safe.
 */
final class KeptSources implements AutoCloseable {
    private final Map<String, Deque<Source>> resting = new HashMap<>();
    private boolean closed;

    /** Keeps nothing: every source is closed with its run. */
    static KeptSources none() {
        KeptSources none = new KeptSources();
        none.close();
        return none;
    }

    /** One that nobody uses; null when there is none. */
    synchronized @Nullable Source take(String connection) {
        Deque<Source> left = resting.get(connection);
        return left == null ? null : left.poll();
    }

    /** Answers whether it is kept for another run; otherwise the caller closes it. */
    boolean keep(String connection, Source source) {
        if (!source.rest()) {
            return false;
        }
        synchronized (this) {
            if (!closed) {
                resting.computeIfAbsent(connection, name -> new ArrayDeque<>()).push(source);
            }
            return !closed;
        }
    }

    @Override
    public void close() {
        List<Source> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            resting.values().forEach(left::addAll);
            resting.clear();
        }
        left.forEach(Source::close);
    }
}
