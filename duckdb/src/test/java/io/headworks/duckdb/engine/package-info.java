@NullMarked
package io.headworks.duckdb.engine;

import org.jspecify.annotations.NullMarked;
