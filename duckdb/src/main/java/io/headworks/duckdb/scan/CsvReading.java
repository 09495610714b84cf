package io.headworks.duckdb.scan;

import io.headworks.api.source.Scan.InputFile;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * How the engine reads delimited files as they stand.
 *
 * @param files by their form
 * @param plain fields of which the whole text of all files is known to convert exactly; never changed
 */
public record CsvReading(Map<CsvForm, List<InputFile>> files, BitSet plain) {}
