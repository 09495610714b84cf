/**
 * Light sources and targets, one package for each system. They know the API and their own system, never the product
 * that calls them.
 */
@NullMarked
package io.headworks.connector;

import org.jspecify.annotations.NullMarked;
