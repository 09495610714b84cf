/** Chooses pipelines of a project by name, path, tag and place in the graph. Knows nothing of what is done with them. */
@NullMarked
package io.headworks.core.spec.selection;

import org.jspecify.annotations.NullMarked;
