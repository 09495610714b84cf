/**
 * A new version of a table built beside it and published by a short exchange: what may be exchanged, what is carried over,
 * and how long anybody waits. Knows nothing of batches and strategies.
 */
@NullMarked
package io.headworks.connector.postgres.swap;

import org.jspecify.annotations.NullMarked;
