/** The transform stage: runs the planned segments in the engine and holds their row laws. Knows no other stage. */
@NullMarked
package io.headworks.core.transform;

import org.jspecify.annotations.NullMarked;
