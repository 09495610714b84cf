/**
 * Column batches: how rows travel between connectors and an engine where neither can read the other's storage. Knows
 * nothing of where rows come from or go to.
 */
@NullMarked
package io.headworks.api.batch;

import org.jspecify.annotations.NullMarked;
