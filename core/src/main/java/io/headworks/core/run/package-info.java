/**
 * Does what a plan says: order, retry, parallelism, resources, cancellation. Emits events; knows nothing of how they are
 * shown.
 */
@NullMarked
package io.headworks.core.run;

import org.jspecify.annotations.NullMarked;
