/**
 * Where the columns of a SELECT come from, as values. Knows columns by names only: no types, no engine, no project.
 */
@NullMarked
package io.headworks.api.lineage;

import org.jspecify.annotations.NullMarked;
