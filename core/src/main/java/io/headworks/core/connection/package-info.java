/** The connectors that were found, by connection type, and the opening of connections. Knows no connector by name. */
@NullMarked
package io.headworks.core.connection;

import org.jspecify.annotations.NullMarked;
