/**
 * What is remembered of runs: records, plans, check history, and a cache of positions and slices that the targets' ledgers
 * can rebuild. In a file of SQLite, or where a connector keeps it; one set of statements for both. Readers and writers are
 * two types.
 */
@NullMarked
package io.headworks.core.state;

import org.jspecify.annotations.NullMarked;
