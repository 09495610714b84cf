/**
 * What a load makes of a table that is kept as files: rows that are new or changed, and those that stay, as relations.
 * Knows the meaning of the load strategies; knows nothing of where files are.
 */
@NullMarked
package io.headworks.duckdb.merge;

import org.jspecify.annotations.NullMarked;
