/**
 * Where a project's state is kept, and how SQL differs there. Knows nothing of what is kept: tables and statements are
 * the program's.
 */
@NullMarked
package io.headworks.api.state;

import org.jspecify.annotations.NullMarked;
