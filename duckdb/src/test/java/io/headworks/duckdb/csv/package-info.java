@NullMarked
package io.headworks.duckdb.csv;

import org.jspecify.annotations.NullMarked;
