/** Finds files below a folder, never outside it, and stamps them. Knows nothing of what is in them. */
@NullMarked
package io.headworks.connector.files.listing;

import org.jspecify.annotations.NullMarked;
