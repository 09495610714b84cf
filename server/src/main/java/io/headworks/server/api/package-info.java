/** Documents of the HTTP API. Knows nothing of pages. */
@NullMarked
package io.headworks.server.api;

import org.jspecify.annotations.NullMarked;
