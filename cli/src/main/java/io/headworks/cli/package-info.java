/**
 * Commands, main, and the one place where objects are put together. Only this package knows picocli and the standard
 * streams; it must not do the work of a use case itself.
 */
@NullMarked
package io.headworks.cli;

import org.jspecify.annotations.NullMarked;
