package io.headworks.api.engine;

import org.jspecify.annotations.Nullable;

/**
 * How far the work that an engine session does now has come, for people who watch.
 *
 * @param part which piece of work of the session this is; another number means that the fraction began anew
 * @param fraction from 0 to 1, of the part; null when it is not known
 * @param rows those that the part has moved; null when it does not count them
 */
public record WorkProgress(
        long part, @Nullable Double fraction, @Nullable Long rows) {
    /** Nothing runs, or nothing is known of it. */
    public static final WorkProgress UNKNOWN = new WorkProgress(0, null, null);

    public WorkProgress {
        if (fraction != null && !(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("a fraction of " + fraction);
        }
    }
}
