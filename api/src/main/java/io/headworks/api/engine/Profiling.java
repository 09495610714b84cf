package io.headworks.api.engine;

import io.headworks.api.profile.ProfileRequest;
import io.headworks.api.profile.TableProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Describes relations by their rows. A relation is read more than once: one that is computed anew is materialised first. */
public interface Profiling {

    Profiled profile(Relation rows, ProfileRequest request);

    /** How many of a sample's rows repeat the values that another row has in these columns; those with a NULL are left out. */
    long repeats(Relation sample, List<String> columns);

    /**
     * The longest time between two neighbours among the dates or times of a column, to the hour.
     *
     * @return empty where there are fewer than two
     */
    Optional<Duration> longestPause(Relation rows, String column);

    /**
     * What was found, and on which rows.
     *
     * @param sample rows chosen by chance, in work storage; all of them where there are not many
     */
    record Profiled(TableProfile profile, Relation sample) {}
}
