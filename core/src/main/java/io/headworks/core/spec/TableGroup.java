package io.headworks.core.spec;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline of many tables. Each table is a pipeline of its own, {@code name.table}.
 *
 * @param connection of the source
 * @param target the connection of the loads; null when that is wrong itself
 * @param written what the tables that it writes look like, {@code *} for the source's names
 * @param pipelines of its tables, by name; empty where the source was not asked
 * @param refused tables that are no pipelines, and why, by the name they would have; under the name of the group itself when
 *     the source did not answer
 * @param schedule when all its tables run by themselves
 * @param tier 1 critical to 3 nice to have
 * @param slaMinutes from the slot to published data; null when nothing is promised
 * @param present the names of all tables the source shows, without their schemas
 */
public record TableGroup(
        String name,
        Place place,
        String connection,
        @Nullable String target,
        TablePattern written,
        TableChoice choice,
        Schedule schedule,
        int tier,
        @Nullable Integer slaMinutes,
        List<String> pipelines,
        Map<String, Refusal> refused,
        List<String> present) {
    public TableGroup {
        pipelines = List.copyOf(pipelines);
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        present = List.copyOf(present);
    }

    /** Why something is not done, and what to do. */
    public record Refusal(
            FailureKind kind, String message, @Nullable String hint) {
        public static Refusal of(HeadworksException failure) {
            return new Refusal(failure.kind(), String.valueOf(failure.getMessage()), failure.hint());
        }

        public HeadworksException exception() {
            return new HeadworksException(kind, message, hint);
        }
    }

    /** True for a table whose name it could have made. */
    public boolean mayWrite(DatasetName dataset) {
        return dataset.connection() != null
                && dataset.connection().equals(target)
                && written.fits(dataset.table().toString());
    }

    /** True for the name of one of its tables' pipelines, whether there is such a table or not. */
    public boolean owns(String pipeline) {
        return pipeline.startsWith(name + ".");
    }
}
