package io.headworks.connector.files.parquet;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Match;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.source.Scan.ScanColumn.Origin;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.api.type.Widening;
import io.headworks.connector.files.columns.ColumnPlaces;
import io.headworks.connector.files.columns.NameMatch;
import io.headworks.connector.files.columns.PathTypes;
import io.headworks.connector.files.columns.WantedColumns;
import io.headworks.connector.files.csv.HeaderNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at the footers of Parquet files together. One look each. */
public final class ParquetFiles {
    private final FileReading reading;
    private final WantedColumns wanted;
    private final EngineSession engine;
    private final Map<FileStamp, Schema> known;
    private final List<String> notes = new ArrayList<>();

    /** @param known schemas of files that were looked at already; this look adds its own */
    public ParquetFiles(FileReading reading, WantedColumns wanted, EngineSession engine, Map<FileStamp, Schema> known) {
        this.reading = reading;
        this.wanted = wanted;
        this.engine = engine;
        this.known = known;
    }

    /** @throws HeadworksException naming the file that cannot be read, or misses a column */
    public ParquetLook look(List<InputFile> files) {
        ColumnPlaces places = new ColumnPlaces(reading, wanted, new NameMatch(reading.aliases()));
        Map<InputFile, Schema> schemas = new LinkedHashMap<>();
        files.forEach(file -> schemas.put(file, known.computeIfAbsent(file.stamp(), stamp -> schema(file))));
        schemas.forEach((file, schema) -> places.collect(header(file, schema)));
        Map<InputFile, Map<String, Integer>> found = new LinkedHashMap<>();
        schemas.forEach(
                (file, schema) -> places.locate(header(file, schema)).ifPresent(indexes -> found.put(file, indexes)));
        Schema all = types(places.data(), schemas, found, PathTypes.of(files));
        List<Scan> scans = scans(all, schemas, found);
        notes.addAll(places.notes());
        return new ParquetLook(all, scans, places.rejected(), notes);
    }

    private ColumnPlaces.Header header(InputFile file, Schema schema) {
        HeaderNames names = HeaderNames.of(schema.names(), reading.names());
        return new ColumnPlaces.Header(
                file.stamp().path(), names.names(), schema.names(), reading.match() == Match.POSITION);
    }

    private Schema schema(InputFile file) {
        String path = file.stamp().path();
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
            ParquetFooter footer = ParquetFooter.read(channel);
            if (!footer.wideDecimals().isEmpty()) {
                throw new IOException("column " + String.join(", ", footer.wideDecimals())
                        + " has more than 38 digits, which the engine would round");
            }
            new PageChecksums(channel).verify(footer);
            Schema schema =
                    engine.scan(new Scan.Parquet(List.of(file), List.of())).schema();
            if (schema.fields().isEmpty()) {
                throw new IOException("it has no columns");
            }
            return schema;
        } catch (IOException | HeadworksException e) {
            throw new HeadworksException(FailureKind.RUN, "Cannot read " + path + ": " + e.getMessage(), null, e);
        }
    }

    private Schema types(
            List<String> data,
            Map<InputFile, Schema> schemas,
            Map<InputFile, Map<String, Integer>> found,
            PathTypes pathTypes) {
        List<Field> fields = new ArrayList<>();
        for (String column : wanted.ordered(data)) {
            DataType type = wanted.type(column);
            if (type == null) {
                type = wanted.special().containsKey(column) ? pathTypes.type(column) : shared(column, schemas, found);
            }
            fields.add(new Field(column, type));
        }
        return new Schema(fields);
    }

    /** The type that holds the values of a column in all files exactly. */
    private DataType shared(String column, Map<InputFile, Schema> schemas, Map<InputFile, Map<String, Integer>> found) {
        @Nullable DataType shared = null;
        String first = "";
        for (Map.Entry<InputFile, Map<String, Integer>> entry : found.entrySet()) {
            int index = entry.getValue().getOrDefault(column, -1);
            if (index < 0) {
                continue;
            }
            String path = entry.getKey().stamp().path();
            DataType type = Objects.requireNonNull(schemas.get(entry.getKey()))
                    .fields()
                    .get(index)
                    .type();
            if (shared == null || Widening.holds(type, shared)) {
                shared = type;
                first = path;
            } else if (!Widening.holds(shared, type)) {
                throw new HeadworksException(
                        FailureKind.SCHEMA_CHANGE,
                        "Cannot read column " + column + ": it is " + shared + " in " + first + " and " + type + " in "
                                + path,
                        "declare its type in extract.columns; values that do not fit it then stop the run");
            }
        }
        return shared == null ? DataType.TEXT : shared;
    }

    /** Neighbours whose columns are called alike are one scan. */
    private List<Scan> scans(Schema all, Map<InputFile, Schema> schemas, Map<InputFile, Map<String, Integer>> found) {
        List<Scan> scans = new ArrayList<>();
        List<InputFile> group = new ArrayList<>();
        List<ScanColumn> columns = List.of();
        for (Map.Entry<InputFile, Map<String, Integer>> entry : found.entrySet()) {
            List<ScanColumn> here = columns(all, Objects.requireNonNull(schemas.get(entry.getKey())), entry.getValue());
            if (!group.isEmpty() && !here.equals(columns)) {
                scans.add(new Scan.Parquet(group, columns));
                group = new ArrayList<>();
            }
            columns = here;
            group.add(entry.getKey());
        }
        if (!group.isEmpty()) {
            scans.add(new Scan.Parquet(group, columns));
        }
        return scans;
    }

    private List<ScanColumn> columns(Schema all, Schema file, Map<String, Integer> indexes) {
        List<ScanColumn> columns = new ArrayList<>();
        for (Field field : all.fields()) {
            Origin special = wanted.special().get(field.name());
            int index = indexes.getOrDefault(field.name(), -1);
            Origin origin = special != null ? special : index >= 0 ? Origin.DATA : Origin.ABSENT;
            String source = origin == Origin.DATA ? file.fields().get(index).name() : field.name();
            columns.add(new ScanColumn(field.name(), field.type(), origin, source, -1));
        }
        return columns;
    }
}
