@NullMarked
package io.headworks.duckdb.inspect;

import org.jspecify.annotations.NullMarked;
