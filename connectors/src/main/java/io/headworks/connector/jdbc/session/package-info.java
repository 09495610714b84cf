/** Drivers loaded from the project's own jars, and sessions of them. Knows nothing of tables. */
@NullMarked
package io.headworks.connector.jdbc.session;

import org.jspecify.annotations.NullMarked;
