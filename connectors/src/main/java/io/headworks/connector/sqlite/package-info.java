/**
 * SQLite files as source and target, over a connection of our own. Knows SQLite's types, locks and SQL; knows nothing of
 * the engine but that it takes and gives batches of rows.
 */
@NullMarked
package io.headworks.connector.sqlite;

import org.jspecify.annotations.NullMarked;
