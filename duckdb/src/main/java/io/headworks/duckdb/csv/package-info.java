/**
 * Delimited text read byte by byte: which records there are, where each begins, and what is malformed. It converts no
 * value and knows no engine; it decides where the engine's own reader is too lenient or cannot say where a record stands.
 */
@NullMarked
package io.headworks.duckdb.csv;

import org.jspecify.annotations.NullMarked;
