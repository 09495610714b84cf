/**
 * What a table looks like, as values: counts, ranges, quantiles, frequent values and forms of each column. Knows nothing of
 * how they are found or of what is concluded from them. The meaning for users is in docs/profiling.md.
 */
@NullMarked
package io.headworks.api.profile;

import org.jspecify.annotations.NullMarked;
