/**
 * Loading a table of a relational database: fence, ledger, dead letters and the strategies as set-based SQL over a batch in
 * a temporary table, said once. What differs between databases is behind {@link
 * io.headworks.connector.relational.Database} and {@link io.headworks.connector.relational.Spelling}; knows no driver.
 */
@NullMarked
package io.headworks.connector.relational;

import org.jspecify.annotations.NullMarked;
