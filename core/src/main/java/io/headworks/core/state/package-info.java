/**
 * Local state in one SQLite file: run records, check history, and a cache of positions and slices that the targets' ledgers
 * can rebuild. Readers and writers are two types; the server's PostgreSQL store will stand behind the same ones.
 */
@NullMarked
package io.headworks.core.state;

import org.jspecify.annotations.NullMarked;
