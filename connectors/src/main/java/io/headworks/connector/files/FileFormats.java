package io.headworks.connector.files;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading.Format;
import io.headworks.api.source.FileStamp;
import io.headworks.connector.files.text.Compression;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The format of files, by their names. */
final class FileFormats {
    private static final Map<String, Format> BY_ENDING = Map.of(
            ".csv", Format.CSV,
            ".tsv", Format.TSV,
            ".tab", Format.TSV,
            ".json", Format.JSON,
            ".ndjson", Format.NDJSON,
            ".jsonl", Format.NDJSON,
            ".parquet", Format.PARQUET,
            ".xlsx", Format.EXCEL,
            ".xls", Format.EXCEL);

    private FileFormats() {}

    /** The one format of all files. */
    static Format of(@Nullable Format given, List<FileStamp> files) {
        if (given != null) {
            return given;
        }
        FileStamp first = files.get(0);
        Format format = required(first.path());
        for (FileStamp file : files) {
            Format other = required(file.path());
            if (other != format) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read files of two formats together: " + first.path() + " is " + shown(format) + ", "
                                + file.path() + " is " + shown(other),
                        "narrow extract.path down, or set extract.files.format");
            }
        }
        return format;
    }

    static Optional<Format> byName(String path) {
        String name = Compression.byName(path).strip(path);
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_ENDING.get(ending));
    }

    static String shown(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private static Format required(String path) {
        return byName(path)
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot tell the format of " + path + " from its name (csv, tsv, json, ndjson, parquet)",
                        "set extract.files.format"));
    }
}
