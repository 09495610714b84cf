package io.headworks.testkit.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change in a batch: a row to be stored, or the deletion of its key. */
public record BatchRow(boolean deletion, List<@Nullable Object> values) {
    public BatchRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    public static BatchRow row(@Nullable Object... values) {
        return new BatchRow(false, Arrays.asList(values));
    }

    public static BatchRow deleted(@Nullable Object... values) {
        return new BatchRow(true, Arrays.asList(values));
    }
}
