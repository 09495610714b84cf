/**
 * Contracts that every engine, source, target and state store must pass, with fixtures and hand-moved time. It is used
 * in test scope by other modules and must not know any of the connectors or engines it tests.
 */
@NullMarked
package io.headworks.testkit;

import org.jspecify.annotations.NullMarked;
