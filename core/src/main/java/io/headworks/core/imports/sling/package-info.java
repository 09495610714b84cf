/** A replication of Sling rewritten as a project of ours. Knows its file and ours; runs neither. */
@NullMarked
package io.headworks.core.imports.sling;

import org.jspecify.annotations.NullMarked;
