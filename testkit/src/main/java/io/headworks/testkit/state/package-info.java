/** What every home of a project's state must pass: a file, or a server that several machines share. */
@NullMarked
package io.headworks.testkit.state;

import org.jspecify.annotations.NullMarked;
