/**
 * Real servers for tests, from artifacts of the build: unpacked once on a machine, one server in a JVM, a fresh database
 * for each test, and nothing left running when the JVM ends, however it ends. Knows nothing of connectors.
 */
@NullMarked
package io.headworks.testkit.servers;

import org.jspecify.annotations.NullMarked;
