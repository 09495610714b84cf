/** JSON as trees of maps, lists and scalars: documents, and the canonical form that hashes are taken over. */
@NullMarked
package io.headworks.core.json;

import org.jspecify.annotations.NullMarked;
