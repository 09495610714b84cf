package io.headworks.connector.files.csv;

import org.jspecify.annotations.Nullable;

/** How the fields of delimited text are told apart. Escape equal to the quote means a doubled quote. */
public record CsvSyntax(
        String delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        @Nullable Character comment) {
    public CsvSyntax {
        if (delimiter.isEmpty() || delimiter.indexOf('\n') >= 0 || delimiter.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(
                    "Cannot use this delimiter: it must be one or more characters of a line");
        }
    }
}
