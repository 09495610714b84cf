/** Folders as they are: others write and delete in them while they are read. */
@NullMarked
package io.headworks.api.file;

import org.jspecify.annotations.NullMarked;
