/**
 * The part of SQL expressions that is promised to give the same on every engine, and what lies outside it. Knows nothing
 * of any engine's compiler.
 */
@NullMarked
package io.headworks.api.portable;

import org.jspecify.annotations.NullMarked;
