/**
 * What a target of files asks of an engine: what a load makes of a table that the engine does not store, and its rows as
 * new files. Knows nothing of how versions of files are published.
 */
@NullMarked
package io.headworks.api.rewrite;

import org.jspecify.annotations.NullMarked;
