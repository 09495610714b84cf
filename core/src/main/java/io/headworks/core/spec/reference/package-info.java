/**
 * Writes what the descriptors know for people and editors: reference pages and JSON Schema. Knows nothing of any
 * single key.
 */
@NullMarked
package io.headworks.core.spec.reference;

import org.jspecify.annotations.NullMarked;
