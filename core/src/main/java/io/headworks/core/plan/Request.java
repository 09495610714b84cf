package io.headworks.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a person or schedule asked for.
 *
 * @param from start of the slice, inclusive, as text of the key's type; null for a live run
 * @param to its end, exclusive
 * @param fullRefresh forget the position and load everything again
 */
public record Request(@Nullable String from, @Nullable String to, boolean fullRefresh) {
    public static final Request LIVE = new Request(null, null, false);

    public boolean isSlice() {
        return from != null && to != null;
    }
}
