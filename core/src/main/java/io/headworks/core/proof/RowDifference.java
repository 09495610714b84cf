package io.headworks.core.proof;

import io.headworks.api.dataset.DatasetName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way in which rows are not as expected.
 *
 * @param key values by which the row is found; the whole row where it has no key
 * @param column null where the whole row is meant
 */
public record RowDifference(
        DatasetName table,
        Kind kind,
        Map<String, @Nullable Object> key,
        @Nullable String column,
        @Nullable Object expected,
        @Nullable Object actual) {

    public RowDifference {
        key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }

    public enum Kind {
        /** An expected row is not there. */
        MISSING,
        /** A row is there that was not expected. */
        UNEXPECTED,
        /** The row of that key has another value. */
        DIFFERENT,
        /** The rows are there, in another order. */
        ORDER
    }
}
