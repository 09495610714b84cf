package io.headworks.core.run;

import io.headworks.api.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the extract took from the source, or from the dead letter.
 *
 * @param rows null when there is nothing to do
 * @param quiet why there is nothing to do; null when there is
 * @param position where the source stands after these rows; null when nothing moves it
 * @param resolves the dead letters that these rows are
 */
record Taken(
        @Nullable StageRows rows,
        @Nullable String quiet,
        @Nullable Position position,
        List<String> resolves) {
    Taken {
        resolves = List.copyOf(resolves);
    }

    static Taken of(StageRows rows, @Nullable Position position) {
        return new Taken(rows, null, position, List.of());
    }

    static Taken nothing(String because) {
        return new Taken(null, because, null, List.of());
    }
}
