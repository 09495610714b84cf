/** Masking of secret values wherever something is printed, logged, stored or sent. */
@NullMarked
package io.headworks.core.secret;

import org.jspecify.annotations.NullMarked;
