/** The server: it listens, knows who asks, and answers with documents and pages. It reads the state alone; what touches data runs in other processes. */
@NullMarked
package io.headworks.server;

import org.jspecify.annotations.NullMarked;
