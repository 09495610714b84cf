/**
 * Reads a project folder as a whole: finds its files, resolves it for an environment, and proves that what one file
 * refers to is there in another. Knows nothing of what sources and targets hold.
 */
@NullMarked
package io.headworks.core.spec.loading;

import org.jspecify.annotations.NullMarked;
