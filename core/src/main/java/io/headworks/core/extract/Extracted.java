package io.headworks.core.extract;

import io.headworks.api.engine.Relation;
import io.headworks.api.source.Position;
import org.jspecify.annotations.Nullable;

/**
 * What an extract gave. The law: {@code read = rows + rejected + filtered}.
 *
 * @param rows the rows for the stages
 * @param origin the same rows as first staged, from which dead letters take their payload
 * @param filtered rows read and left out by {@code where} or the key range
 * @param position where the source stands after these rows; null when nothing moves it
 */
public record Extracted(
        Relation rows,
        Relation origin,
        long count,
        Relation rejects,
        long rejected,
        long filtered,
        @Nullable Position position) {
    public long read() {
        return count + rejected + filtered;
    }
}
