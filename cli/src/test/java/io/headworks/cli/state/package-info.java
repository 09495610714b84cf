/** The state where it may be kept: a file, and a server that machines share. */
@NullMarked
package io.headworks.cli.state;

import org.jspecify.annotations.NullMarked;
