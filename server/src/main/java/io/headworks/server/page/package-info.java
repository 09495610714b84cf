/** Pages, rendered on the server. Knows nothing of the API. */
@NullMarked
package io.headworks.server.page;

import org.jspecify.annotations.NullMarked;
