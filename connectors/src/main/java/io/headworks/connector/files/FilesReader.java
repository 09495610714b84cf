package io.headworks.connector.files;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Format;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.files.columns.WantedColumns;
import io.headworks.connector.files.csv.CsvFiles;
import io.headworks.connector.files.csv.CsvLook;
import io.headworks.connector.files.excel.SheetInput;
import io.headworks.connector.files.json.JsonFiles;
import io.headworks.connector.files.listing.PathPattern;
import io.headworks.connector.files.parquet.ParquetFiles;
import io.headworks.connector.files.parquet.ParquetLook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into files and hands their rows over, by format. */
final class FilesReader implements AutoCloseable {
    /** Beyond this the engine takes minutes to plan a statement. */
    private static final int MAX_COLUMNS = 4096;

    private final Path root;
    private final EngineSession engine;
    private final Utf8Copies copies = new Utf8Copies();
    private final Map<FileStamp, Schema> parquetSchemas = new HashMap<>();
    private final Set<FileStamp> csvFiles = new HashSet<>();
    private @Nullable CsvLook csvLook;

    FilesReader(Path root, EngineSession engine) {
        this.root = root;
        this.engine = engine;
    }

    /**
     * @param present the files that are there
     * @param fresh those a run would read
     */
    Look look(
            Extract extract, FileReading reading, PathPattern pattern, List<FileStamp> present, List<FileStamp> fresh) {
        WantedColumns wanted = WantedColumns.of(extract, reading, pattern.columns());
        if (fresh.isEmpty() && wanted.isComplete()) {
            return new Look(schema(wanted, wanted.data()), Map.of(), List.of(), List.of());
        }
        List<FileStamp> files = wanted.isComplete() ? fresh : present;
        if (files.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot tell the columns of " + pattern
                            + ": no file is ready, and extract.columns declares no types");
        }
        Look look = look(FileFormats.of(reading.format(), files), reading, wanted, files);
        if (wanted.special().keySet().containsAll(look.schema().names())) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot tell the columns of " + pattern + ": its files are empty ("
                            + files.get(0).path() + (files.size() > 1 ? " and " + (files.size() - 1) + " more" : "")
                            + ")",
                    "declare them in extract.columns, with their types");
        }
        if (look.schema().fields().size() > MAX_COLUMNS) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + look.schema().fields().size() + " columns of " + pattern + " (allowed: "
                            + MAX_COLUMNS + ")",
                    "choose the columns wanted in extract.columns");
        }
        return look;
    }

    private Look look(Format format, FileReading reading, WantedColumns wanted, List<FileStamp> files) {
        return switch (format) {
            case CSV, TSV -> {
                CsvLook look = csv(withFormat(reading, format), wanted, files);
                csvLook = look;
                csvFiles.clear();
                csvFiles.addAll(files);
                yield new Look(look.schema(), look.detected(), look.notes(), look.rejected());
            }
            case JSON, NDJSON -> {
                List<String> notes = new ArrayList<>();
                Schema schema = json(reading, wanted, format).look(inputs(files), notes);
                yield new Look(schema, Map.of(), notes, List.of());
            }
            case PARQUET -> {
                ParquetLook look = parquet(reading, wanted, files);
                yield new Look(look.schema(), Map.of(), look.notes(), look.rejected());
            }
            case EXCEL -> {
                requireExcel(reading);
                List<String> notes = new ArrayList<>();
                Schema schema = excel(reading, wanted).look(inputs(files), notes);
                yield new Look(schema, Map.of(), notes, List.of());
            }
        };
    }

    boolean readsInPlace(FileReading reading, List<FileStamp> files) {
        if (files.isEmpty()) {
            return false;
        }
        return switch (FileFormats.of(reading.format(), files)) {
            case CSV, TSV, PARQUET -> true;
            case JSON, NDJSON, EXCEL -> false;
        };
    }

    /** @param schema the columns {@link #look} found */
    RowSource rows(Extract extract, FileReading reading, PathPattern pattern, Schema schema, List<FileStamp> files) {
        if (files.isEmpty()) {
            return new RowSource.Streamed(rejects -> new NoRows(schema));
        }
        Format format = FileFormats.of(reading.format(), files);
        WantedColumns wanted = WantedColumns.of(typed(extract, schema), reading, pattern.columns());
        return switch (format) {
            case CSV, TSV ->
                csvRows(seen(schema, files).orElseGet(() -> csv(withFormat(reading, format), wanted, files)), schema);
            case JSON, NDJSON -> json(reading, wanted, format).rows(schema, inputs(files));
            case PARQUET -> inPlace(parquet(reading, wanted, files).scans(), schema);
            case EXCEL -> excel(reading, wanted).rows(schema, inputs(files));
        };
    }

    /** What {@link #look} found in these files: it may have read them whole, and knows more than their beginnings. */
    private Optional<CsvLook> seen(Schema schema, List<FileStamp> files) {
        CsvLook look = csvLook;
        if (look == null || !look.schema().equals(schema) || !csvFiles.containsAll(files)) {
            return Optional.empty();
        }
        return Optional.of(look.only(files));
    }

    private RowSource csvRows(CsvLook look, Schema schema) {
        List<Scan> scans;
        try {
            scans = look.scans(copies::of);
        } catch (IOException e) {
            throw new HeadworksException(FailureKind.RUN, "Cannot read files: " + e.getMessage(), null, e);
        }
        return inPlace(scans, schema);
    }

    private static RowSource inPlace(List<Scan> scans, Schema schema) {
        return scans.isEmpty()
                ? new RowSource.Streamed(rejects -> new NoRows(schema))
                : new RowSource.InPlace(new Scan.Union(scans));
    }

    private ParquetLook parquet(FileReading reading, WantedColumns wanted, List<FileStamp> files) {
        return new ParquetFiles(reading, wanted, engine, parquetSchemas).look(inputs(files));
    }

    private CsvLook csv(FileReading reading, WantedColumns wanted, List<FileStamp> files) {
        return new CsvFiles(reading, wanted).look(inputs(files));
    }

    private static JsonFiles json(FileReading reading, WantedColumns wanted, Format format) {
        return JsonFiles.json(reading, wanted, format == Format.NDJSON);
    }

    private List<InputFile> inputs(List<FileStamp> files) {
        return files.stream()
                .map(file -> new InputFile(root.resolve(file.path()), file))
                .toList();
    }

    /** The extract with every column of the schema listed with its type. */
    private static Extract typed(Extract extract, Schema schema) {
        List<Extract.ColumnChoice> columns = new ArrayList<>();
        schema.fields().forEach(field -> columns.add(new Extract.ColumnChoice(field.name(), field.type())));
        return new Extract(extract.reading(), columns, extract.where(), extract.deletesWhen(), extract.files());
    }

    private static Schema schema(WantedColumns wanted, List<String> data) {
        List<Field> fields = new ArrayList<>();
        for (String column : wanted.ordered(data)) {
            fields.add(new Field(column, Objects.requireNonNull(wanted.type(column))));
        }
        return new Schema(fields);
    }

    /** TSV is CSV whose delimiter is the tab. */
    private static FileReading withFormat(FileReading reading, Format format) {
        FileReading.Options o = reading.options();
        if (format != Format.TSV || o.delimiter() != null) {
            return reading;
        }
        return new FileReading(
                format,
                new FileReading.Options(
                        "\t",
                        o.quote(),
                        o.escape(),
                        o.header(),
                        o.skip(),
                        o.comment(),
                        o.encoding(),
                        o.decimal(),
                        o.nulls(),
                        o.dateFormat(),
                        o.timestampFormat(),
                        o.sheet()),
                reading.match(),
                reading.names(),
                reading.aliases(),
                reading.missingColumns(),
                reading.changed(),
                reading.rereadPartition(),
                reading.ready(),
                reading.settle(),
                reading.vanished(),
                reading.add());
    }

    private static JsonFiles excel(FileReading reading, WantedColumns wanted) {
        return JsonFiles.sheets(reading, wanted, new SheetInput(reading.options()));
    }

    private static void requireExcel(FileReading reading) {
        if (Boolean.FALSE.equals(reading.options().header()) || reading.match() == FileReading.Match.POSITION) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read sheets by position: their columns are found by the names of the header row",
                    "take header: false and match: position out of files, or save the sheet as csv");
        }
    }

    @Override
    public void close() {
        copies.close();
    }
}
