package io.headworks.duckdb.scan;

import io.headworks.duckdb.csv.CsvFile;
import io.headworks.duckdb.csv.LineEnd;

/** What a delimited file is in: its compression, and how its lines end. */
public record CsvForm(CsvFile compression, LineEnd lineEnd) {

    /**
     * The engine's option for the line end. LF is said, because the engine's guess looks inside quotes; CR LF is left to
     * the guess, because saying it makes the engine lose rows.
     */
    String newLine() {
        return lineEnd == LineEnd.LF ? ", new_line = '\\n'" : "";
    }
}
