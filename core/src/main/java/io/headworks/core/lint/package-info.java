/** Rules about projects that are valid and may still be regretted. Sees the project as a value; reads no file, no data. */
@NullMarked
package io.headworks.core.lint;

import org.jspecify.annotations.NullMarked;
