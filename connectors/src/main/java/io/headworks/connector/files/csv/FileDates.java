package io.headworks.connector.files.csv;

import org.jspecify.annotations.Nullable;

/** The forms of the dates and timestamps of a file, in strftime's letters; null for ISO 8601. */
public record FileDates(
        @Nullable String dateFormat, @Nullable String timestampFormat) {
    public static final FileDates ISO = new FileDates(null, null);
}
