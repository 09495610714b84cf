/**
 * How history is cut into slices, and which of them are loaded: an algebra of half-open ranges, all values. It knows no
 * state, source or target.
 */
@NullMarked
package io.headworks.core.slice;

import org.jspecify.annotations.NullMarked;
