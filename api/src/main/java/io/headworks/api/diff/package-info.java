/**
 * Rows of any system as the same texts and hashes: algorithm {@code hw1}. Knows nothing of which two tables are compared or
 * of how a system makes the texts. The table for users is in docs/diff.md.
 */
@NullMarked
package io.headworks.api.diff;

import org.jspecify.annotations.NullMarked;
