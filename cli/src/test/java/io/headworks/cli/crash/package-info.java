/**
 * Kills {@code hw run} at each fail-point and proves that the next start repairs it. Knows nothing of how a target is
 * built: what it compares is what readers of the target, its files and the commands show.
 */
@NullMarked
package io.headworks.cli.crash;

import org.jspecify.annotations.NullMarked;
