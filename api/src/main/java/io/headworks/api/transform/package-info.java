/**
 * The named operations of a transform, as values. Engines compile them; the plan holds them. Knows nothing of any
 * engine's SQL.
 */
@NullMarked
package io.headworks.api.transform;

import org.jspecify.annotations.NullMarked;
