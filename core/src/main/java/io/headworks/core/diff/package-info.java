/**
 * What a comparison of two tables compares, as values: which columns, in which forms, in how many buckets, and what was
 * found. Pure; opens nothing.
 */
@NullMarked
package io.headworks.core.diff;

import org.jspecify.annotations.NullMarked;
