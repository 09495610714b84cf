/**
 * Rejected rows as sentences for people, as they may be shown, and as somebody has corrected them. Knows nothing of which stage rejected them.
 */
@NullMarked
package io.headworks.core.reject;

import org.jspecify.annotations.NullMarked;
