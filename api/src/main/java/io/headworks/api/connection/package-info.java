/**
 * What a connection is: typed settings, never a URL. One descriptor per setting feeds the parser, the JSON Schema, the
 * reference documentation and masking. Connectors are found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.headworks.api.connection;

import org.jspecify.annotations.NullMarked;
