/**
 * Benchmarks and races, each of which prints its figure beside its limit. They may see everything; nothing may see
 * them.
 */
@NullMarked
package io.headworks.bench;

import org.jspecify.annotations.NullMarked;
