package io.headworks.connector.files.csv;

import io.headworks.api.source.Scan.InputFile;
import io.headworks.connector.files.text.TextEncoding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A delimited file as its beginning shows it, with nothing left to detect but dates.
 *
 * @param skip lines before the header, or before the first record where there is no header
 * @param header the header as it is written; empty without one
 * @param names a name for every column
 * @param rows the first records after the header that have no fault
 * @param detected what was found because it was not given, in order
 */
public record CsvProfile(
        InputFile file,
        TextEncoding encoding,
        CsvSyntax syntax,
        int skip,
        boolean hasHeader,
        List<String> header,
        HeaderNames names,
        char decimal,
        List<String> nulls,
        List<List<String>> rows,
        Map<String, String> detected) {
    public CsvProfile {
        header = List.copyOf(header);
        nulls = List.copyOf(nulls);
        detected = Collections.unmodifiableMap(new LinkedHashMap<>(detected));
    }

    public String path() {
        return file.stamp().path();
    }

    public int columns() {
        return names.names().size();
    }

    public boolean isNull(String value) {
        return value.isEmpty() || nulls.contains(value);
    }

    CsvProfile withEncoding(TextEncoding other) {
        Map<String, String> changed = new LinkedHashMap<>(detected);
        changed.replace("encoding", other.name());
        return new CsvProfile(file, other, syntax, skip, hasHeader, header, names, decimal, nulls, rows, changed);
    }
}
