package io.headworks.api.source;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How files are read; the keys of {@code extract.files}. A null means "detect" or "not set".
 *
 * @param aliases column to the other names it goes by in headers
 * @param add extra columns: name to {@code path} or {@code line}
 */
public record FileReading(
        @Nullable Format format,
        Options options,
        Match match,
        Names names,
        Map<String, List<String>> aliases,
        MissingColumns missingColumns,
        Changed changed,
        boolean rereadPartition,
        @Nullable String ready,
        @Nullable Duration settle,
        Vanished vanished,
        Map<String, String> add) {
    public static final FileReading DEFAULT = new FileReading(
            null,
            Options.DETECT,
            Match.NAME,
            Names.KEEP,
            Map.of(),
            MissingColumns.STOP,
            Changed.CONTENT,
            false,
            null,
            null,
            Vanished.STOP,
            Map.of());

    public FileReading {
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
    }

    public enum Format {
        CSV,
        TSV,
        JSON,
        NDJSON,
        PARQUET,
        EXCEL
    }

    public enum Match {
        NAME,
        POSITION
    }

    public enum Names {
        KEEP,
        SNAKE_CASE
    }

    public enum MissingColumns {
        STOP,
        SET_NULL,
        REJECT_FILE
    }

    /** When a known file counts as new again. */
    public enum Changed {
        NAME,
        STAT,
        CONTENT
    }

    public enum Vanished {
        STOP,
        IGNORE,
        DELETE
    }

    /** Dialect of delimited text, and the sheet of a workbook; null where it is to be detected. */
    public record Options(
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable String escape,
            @Nullable Boolean header,
            @Nullable Integer skip,
            @Nullable String comment,
            @Nullable String encoding,
            @Nullable String decimal,
            @Nullable List<String> nulls,
            @Nullable String dateFormat,
            @Nullable String timestampFormat,
            @Nullable String sheet) {
        public static final Options DETECT =
                new Options(null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
