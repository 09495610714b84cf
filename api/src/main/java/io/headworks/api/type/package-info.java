/** The types of values, fields and schemas that connectors and engines exchange. Knows nothing of any system's own types. */
@NullMarked
package io.headworks.api.type;

import org.jspecify.annotations.NullMarked;
