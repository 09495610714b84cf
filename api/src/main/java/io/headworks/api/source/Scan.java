package io.headworks.api.source;

import io.headworks.api.dataset.TableName;
import io.headworks.api.type.DataType;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Storage that an engine can read itself. The columns are those of the extract, in its order. */
public sealed interface Scan {

    List<ScanColumn> columns();

    /**
     * Delimited text. Values are converted to the column's type exactly: one that does not fit, or would lose digits, is
     * a rejected row.
     */
    record Csv(List<InputFile> files, CsvDialect dialect, List<ScanColumn> columns) implements Scan {
        public Csv {
            files = List.copyOf(files);
            columns = List.copyOf(columns);
        }
    }

    /**
     * Parquet files, their columns by name; a file that lacks one gives NULL. With no columns at all: every column of the
     * files with its own type, for a look at their schema.
     */
    record Parquet(List<InputFile> files, List<ScanColumn> columns) implements Scan {
        public Parquet {
            files = List.copyOf(files);
            columns = List.copyOf(columns);
        }
    }

    /** A table or SELECT of another database file of the engine's own kind, opened read-only. */
    record Database(
            Path file,
            @Nullable TableName table,
            @Nullable String query,
            @Nullable String where,
            @Nullable KeyRange keys,
            List<ScanColumn> columns)
            implements Scan {
        public Database {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A SELECT of the engine's own, over whatever it can reach.
     *
     * @param from what its rows are called as a source
     * @param keys the rows that are wanted; null for all
     */
    record Statement(
            String from,
            String sql,
            List<ScanColumn> columns,
            @Nullable KeyRange keys) implements Scan {
        public Statement {
            columns = List.copyOf(columns);
        }
    }

    /** Several scans with the same columns, one after the other. */
    record Union(List<Scan> scans) implements Scan {
        public Union {
            scans = List.copyOf(scans);
            if (scans.isEmpty()) {
                throw new IllegalArgumentException("Cannot make a union of no scan");
            }
        }

        @Override
        public List<ScanColumn> columns() {
            return scans.get(0).columns();
        }
    }

    record InputFile(Path path, FileStamp stamp) {}

    /**
     * A column of a scan.
     *
     * @param name its name in the extract
     * @param origin where its value comes from
     * @param sourceName its name (or, for files without header, unused) in the storage
     * @param sourceIndex 0-based index in a delimited file; -1 otherwise or when the file lacks it
     */
    record ScanColumn(String name, DataType type, Origin origin, String sourceName, int sourceIndex) {
        public enum Origin {
            DATA,
            /** A {@code {column}} part of the path. */
            PATH_VALUE,
            /** The file's path. */
            PATH,
            /** The line on which the record starts. */
            LINE,
            /** The file has no such column: NULL. */
            ABSENT
        }
    }

    /**
     * The dialect of a delimited file, with nothing left to detect.
     *
     * @param physicalColumns number of columns in the file
     * @param dateFormat strftime format; null for ISO 8601
     */
    record CsvDialect(
            String delimiter,
            @Nullable String quote,
            @Nullable String escape,
            boolean header,
            int skip,
            @Nullable String comment,
            String encoding,
            String decimal,
            List<String> nulls,
            @Nullable String dateFormat,
            @Nullable String timestampFormat,
            int physicalColumns) {
        public CsvDialect {
            nulls = List.copyOf(nulls);
        }
    }
}
