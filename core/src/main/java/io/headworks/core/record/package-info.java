/** The record of a run: what happened, in numbers that add up, as a value and as the public run document. */
@NullMarked
package io.headworks.core.record;

import org.jspecify.annotations.NullMarked;
