/** Reports in the forms that build servers read. */
@NullMarked
package io.headworks.core.report;

import org.jspecify.annotations.NullMarked;
