package io.headworks.core.spec;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.load.Load;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that a pipeline reads beside its extract.
 *
 * @param written the name as operations, checks and SQL of the pipeline spell it
 * @param dataset the same with its connection
 * @param producer the pipeline of this project that writes it; null for one that comes from outside
 * @param load how that pipeline writes it; null where that is not known
 */
public record DatasetUse(
        DatasetName written,
        DatasetName dataset,
        @Nullable String producer,
        @Nullable Load load) {}
