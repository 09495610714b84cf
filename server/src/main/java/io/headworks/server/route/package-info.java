/** The one table of routes: registration, authorisation and the OpenAPI document all come from it. */
@NullMarked
package io.headworks.server.route;

import org.jspecify.annotations.NullMarked;
