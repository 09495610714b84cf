/** Reports in the forms that build servers and browsers read. */
@NullMarked
package io.headworks.core.report;

import org.jspecify.annotations.NullMarked;
