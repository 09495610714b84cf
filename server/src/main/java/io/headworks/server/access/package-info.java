/** Who asks, and what they may do: tokens, sessions, roles, limits, the audit trail. Knows nothing of routes. */
@NullMarked
package io.headworks.server.access;

import org.jspecify.annotations.NullMarked;
