/** How failures are named: a code with an owner, a sentence, and what to do next. Knows nothing of who reports them. */
@NullMarked
package io.headworks.api.failure;

import org.jspecify.annotations.NullMarked;
