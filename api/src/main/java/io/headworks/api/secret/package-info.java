/** Secret values as a type of their own. Knows nothing of where they come from. */
@NullMarked
package io.headworks.api.secret;

import org.jspecify.annotations.NullMarked;
