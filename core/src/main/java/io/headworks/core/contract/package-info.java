/**
 * What contracts come to: comparing versions, obeying the policy for breaking changes, telling what is enforced. Knows plans
 * and definitions; reads no data, and leaves the reading of contracts to the packages of definitions.
 */
@NullMarked
package io.headworks.core.contract;

import org.jspecify.annotations.NullMarked;
