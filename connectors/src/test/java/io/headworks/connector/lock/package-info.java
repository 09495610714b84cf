/** Tests of the lock. */
@NullMarked
package io.headworks.connector.lock;

import org.jspecify.annotations.NullMarked;
