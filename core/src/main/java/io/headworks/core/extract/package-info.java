/** The extract stage: the rows of a source in work storage, with what could not be read. Knows no other stage. */
@NullMarked
package io.headworks.core.extract;

import org.jspecify.annotations.NullMarked;
