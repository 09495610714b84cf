/** A dbt project rewritten as one of ours. Knows dbt's files and ours; runs neither, and never asks a warehouse. */
@NullMarked
package io.headworks.core.imports.dbt;

import org.jspecify.annotations.NullMarked;
