/** The layout of project files: moves lines, and knows nothing of what keys mean but their order. */
@NullMarked
package io.headworks.core.spec.layout;

import org.jspecify.annotations.NullMarked;
