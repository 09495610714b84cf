/** The generic JDBC connector against Derby and HSQLDB. */
@NullMarked
package io.headworks.connector.jdbc;

import org.jspecify.annotations.NullMarked;
