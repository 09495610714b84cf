package io.headworks.core.lineage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that a change reaches through what it reads.
 *
 * @param by the changed pipelines that reach it
 * @param rows whether which rows there are may be others, and with them all columns
 * @param columns that are reached
 * @param unknown why it is not known which; null where it is
 */
public record Hit(
        String pipeline,
        String dataset,
        List<String> by,
        boolean rows,
        List<String> columns,
        @Nullable String unknown) {
    public Hit {
        by = List.copyOf(by);
        columns = List.copyOf(columns);
    }
}
