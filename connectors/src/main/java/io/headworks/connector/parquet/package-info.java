/**
 * A folder of plain Parquet files as a target: numbered versions in a hidden sibling, each published by one rename.
 * Knows files, links and locks; rows are read, merged and written by the engine it is given.
 */
@NullMarked
package io.headworks.connector.parquet;

import org.jspecify.annotations.NullMarked;
