/**
 * What an engine offers to a run: relations over sources and stages, compiled operations, checks, batches in and out.
 * Relations are SELECTs in the engine's own dialect; nobody else reads or builds their text.
 */
@NullMarked
package io.headworks.api.engine;

import org.jspecify.annotations.NullMarked;
