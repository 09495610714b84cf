/**
 * Names that cannot be kept as they are, and what stands for them in a target or in the engine. Knows nothing of
 * databases but the rule that their names follow.
 */
@NullMarked
package io.headworks.api.name;

import org.jspecify.annotations.NullMarked;
