/**
 * The contract of a target, as tests that a target's own test class inherits, and a slow and obvious model of what the
 * load strategies mean. Knows no target and no engine.
 */
@NullMarked
package io.headworks.testkit.target;

import org.jspecify.annotations.NullMarked;
