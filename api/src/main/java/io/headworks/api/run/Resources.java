package io.headworks.api.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a run may use. Sizes in bytes; null where nothing is set and the machine decides. */
public record Resources(
        @Nullable Long memory,
        @Nullable Integer threads,
        @Nullable Long disk,
        @Nullable Duration timeout) {
    public static final Resources UNSET = new Resources(null, null, null, null);
}
