package io.headworks.duckdb.engine;

import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Delimited files and scans of them, for tests. */
final class CsvFiles {

    private CsvFiles() {}

    static CsvDialect dialect(int fields) {
        return new CsvDialect(",", "\"", "\"", false, 0, null, "utf-8", ".", List.of("", "NULL"), null, null, fields);
    }

    static InputFile write(Path folder, String name, String content) throws IOException {
        return write(folder, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static InputFile write(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return input(file, name, Map.of());
    }

    static InputFile input(Path file, String name, Map<String, String> pathValues) throws IOException {
        return new InputFile(file, new FileStamp(name, Files.size(file), Instant.EPOCH, null, pathValues));
    }

    /** Columns a, b, c … of the given types. */
    static List<ScanColumn> columns(String... types) {
        List<ScanColumn> columns = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            String name = String.valueOf((char) ('a' + i));
            columns.add(new ScanColumn(name, DataType.parse(types[i]).orElseThrow(), ScanColumn.Origin.DATA, name, i));
        }
        return columns;
    }

    static Csv scan(InputFile file, String... types) {
        return new Csv(List.of(file), dialect(types.length), columns(types));
    }

    static Csv scan(List<InputFile> files, CsvDialect dialect, ScanColumn... columns) {
        return new Csv(files, dialect, Arrays.asList(columns));
    }
}
