/** A corpus of bad input: files that lie, break, or test a limit, each with the one outcome that is right. */
@NullMarked
package io.headworks.testkit.badinput;

import org.jspecify.annotations.NullMarked;
