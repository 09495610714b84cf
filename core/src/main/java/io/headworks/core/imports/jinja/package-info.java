/**
 * The part of the Jinja template language that SQL projects use and that can be worked out without a warehouse: literals,
 * {@code set}, {@code if}, {@code for}, macros. What it cannot work out it reports and never guesses. Knows nothing of dbt.
 */
@NullMarked
package io.headworks.core.imports.jinja;

import org.jspecify.annotations.NullMarked;
