package io.headworks.api.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a group of checks looks at.
 *
 * @param relation the rows
 * @param table the whole table where uniqueness and references must be proved against it; null for a batch
 * @param now the run's clock
 * @param sampleRows how many failing rows to keep for each check
 */
public record CheckScope(Relation relation, @Nullable Relation table, Instant now, int sampleRows) {}
