/**
 * What a project folder says, as immutable values resolved for one environment, and the problems found while reading it.
 * Knows nothing of how files are parsed, of what a source holds, or of any connector.
 */
@NullMarked
package io.headworks.core.spec;

import org.jspecify.annotations.NullMarked;
