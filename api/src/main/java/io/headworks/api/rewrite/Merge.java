package io.headworks.api.rewrite;

import io.headworks.api.engine.Relation;
import io.headworks.api.load.LoadCounts;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a load makes of a table kept as files. Nothing was written outside work storage, where all rows are held until
 * the session ends.
 *
 * @param written the rows that are new or changed, as they will be stored, audit columns included
 * @param replaced which of the files there are give way to {@code rows}; all others stay
 * @param rows what is to be written as files now
 */
public record Merge(LoadCounts counts, Relation written, Replaced replaced, Relation rows) {

    /** Files that give way. */
    public sealed interface Replaced {
        /** None: rows are only added. */
        record Nothing() implements Replaced {}

        /** Those of some partitions, by the texts of {@link WrittenFile#partition}. */
        record Partitions(Set<@Nullable String> partitions) implements Replaced {
            public Partitions {
                partitions = Collections.unmodifiableSet(new HashSet<>(partitions));
            }
        }

        /** All. */
        record Everything() implements Replaced {}
    }
}
