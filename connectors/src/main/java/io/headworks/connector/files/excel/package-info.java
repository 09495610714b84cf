/** Sheets of Excel workbooks: their rows as records under the names of the header row. */
@NullMarked
package io.headworks.connector.files.excel;

import org.jspecify.annotations.NullMarked;
