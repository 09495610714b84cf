/**
 * What a source's columns were and are: versions, the changes between two, and what may have been renamed. Knows values only:
 * no source, target or state, and nothing of what a load makes of a change.
 */
@NullMarked
package io.headworks.core.drift;

import org.jspecify.annotations.NullMarked;
