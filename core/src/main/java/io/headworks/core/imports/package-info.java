/**
 * Projects of other tools, rewritten as projects of ours: what each says, what is made of it, and what is not. Reads their
 * files and writes ours; reaches no database, and knows nothing of how a project is run.
 */
@NullMarked
package io.headworks.core.imports;

import org.jspecify.annotations.NullMarked;
