/**
 * What connections to servers over the network have in common: typed settings and how far a server is trusted, failures as
 * sentences, databases of a run's own, rows that a server hashes. Knows no driver, no protocol and no SQL.
 */
@NullMarked
package io.headworks.connector.server;

import org.jspecify.annotations.NullMarked;
