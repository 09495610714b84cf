/**
 * What is concluded from the look of a table: what texts mean, keys, references, and which checks and contract to propose.
 * Sees profiles as values; opens nothing and knows no SQL.
 */
@NullMarked
package io.headworks.core.profile;

import org.jspecify.annotations.NullMarked;
