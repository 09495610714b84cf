/** Child processes that do what a request asked for. The server itself opens no target. */
@NullMarked
package io.headworks.server.process;

import org.jspecify.annotations.NullMarked;
