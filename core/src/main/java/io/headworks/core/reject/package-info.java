/** Rejected rows as sentences for people. Knows nothing of which stage rejected them. */
@NullMarked
package io.headworks.core.reject;

import org.jspecify.annotations.NullMarked;
