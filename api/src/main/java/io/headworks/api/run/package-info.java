/** What every long piece of work is given: a way to be cancelled, its resources, and named points at which tests kill it. */
@NullMarked
package io.headworks.api.run;

import org.jspecify.annotations.NullMarked;
