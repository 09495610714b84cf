/**
 * Runs pipelines by themselves: which slots are due, the queue they wait in, and the processes that do them. It starts
 * runs as processes of their own and must not know how a run works, nor open a source or target.
 */
@NullMarked
package io.headworks.core.schedule;

import org.jspecify.annotations.NullMarked;
