/**
 * Decides what a run will do. Pure over values: no clock, file, socket, database or engine. The same inputs give the same
 * plan, printed and hashed the same on every machine.
 */
@NullMarked
package io.headworks.core.plan;

import org.jspecify.annotations.NullMarked;
