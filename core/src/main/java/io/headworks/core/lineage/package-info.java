/**
 * Follows columns through the project: from sources through extracts, stages and models to tables. Pure: it reads what the
 * files say and what it is given, and must not know of connections, runs or state.
 */
@NullMarked
package io.headworks.core.lineage;

import org.jspecify.annotations.NullMarked;
