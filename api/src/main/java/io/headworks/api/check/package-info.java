/** Quality checks as values, and what running them found. Knows nothing of how a check is computed. */
@NullMarked
package io.headworks.api.check;

import org.jspecify.annotations.NullMarked;
