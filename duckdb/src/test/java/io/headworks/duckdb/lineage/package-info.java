@NullMarked
package io.headworks.duckdb.lineage;

import org.jspecify.annotations.NullMarked;
