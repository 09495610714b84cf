/**
 * Every key of the project files, each described once and bound to the values of the API. Knows nothing of folders, of
 * other definitions, or of how a file is parsed.
 */
@NullMarked
package io.headworks.core.spec.format;

import org.jspecify.annotations.NullMarked;
