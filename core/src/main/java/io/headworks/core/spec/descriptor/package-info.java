/**
 * The language in which project files are described: one descriptor per key validates it, binds it, and tells the JSON
 * Schema, the reference and the masking about it. Knows nothing of which keys there are.
 */
@NullMarked
package io.headworks.core.spec.descriptor;

import org.jspecify.annotations.NullMarked;
