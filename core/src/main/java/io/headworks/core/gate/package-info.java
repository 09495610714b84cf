/** The gate before the load: rejects rows and runs the checks on the batch. Knows no other stage. */
@NullMarked
package io.headworks.core.gate;

import org.jspecify.annotations.NullMarked;
