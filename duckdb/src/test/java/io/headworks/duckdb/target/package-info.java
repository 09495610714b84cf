@NullMarked
package io.headworks.duckdb.target;

import org.jspecify.annotations.NullMarked;
