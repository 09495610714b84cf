/**
 * What connections to servers over the network have in common: typed settings and how far a server is trusted. Knows no
 * driver and no protocol.
 */
@NullMarked
package io.headworks.connector.server;

import org.jspecify.annotations.NullMarked;
