/** Looks at sources and targets and answers with values for the planner. All I/O before a plan is here. */
@NullMarked
package io.headworks.core.observe;

import org.jspecify.annotations.NullMarked;
