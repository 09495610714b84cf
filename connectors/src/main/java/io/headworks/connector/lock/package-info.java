/** The lock by which one writer of all processes holds a file target. Knows nothing of what is locked. */
@NullMarked
package io.headworks.connector.lock;

import org.jspecify.annotations.NullMarked;
