/**
 * Results of JDBC as batches, cell by cell into columns; a row with a value that does not fit its column's type goes to the
 * rejects. Knows no driver: what a cell holds is read by those who know it.
 */
@NullMarked
package io.headworks.connector.result;

import org.jspecify.annotations.NullMarked;
