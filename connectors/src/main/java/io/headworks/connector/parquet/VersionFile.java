package io.headworks.connector.parquet;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load.Partitioning;
import io.headworks.api.name.NameTable;
import io.headworks.api.name.StoredName;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code version.json}, the public description of a version (docs/targets/parquet.md). */
final class VersionFile {
    private VersionFile() {}

    /** Writes it as the last file of a version that is being built; paths are stored relative to its folder. */
    static void write(Version version, String table) throws IOException {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("format", (long) Version.FORMAT);
        document.put("table", table);
        document.put("version", version.number());
        document.put("published_at", version.publishedAt().toString());
        document.put("partition", partition(version));
        document.put("rows", version.rows());
        if (!version.names().isEmpty()) {
            document.put(
                    "names", version.names().stream().map(VersionFile::name).toList());
        }
        document.put(
                "column_sets",
                version.columnSets().stream().map(VersionFile::columns).toList());
        document.put(
                "files",
                version.files().stream().map(file -> file(version, file)).toList());
        Durable.write(version.folder().resolve(Version.FILE), Json.text(document) + "\n");
    }

    private static @Nullable Object partition(Version version) {
        Partitioning partitioning = version.partitioning();
        if (partitioning == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("column", partitioning.column());
        map.put("by", partitioning.by().name().toLowerCase(Locale.ROOT));
        return map;
    }

    private static Map<String, Object> name(StoredName name) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("part", name.of().name());
        map.put("owner", name.owner());
        map.put("logical_name", name.name());
        map.put("stored_name", name.stored());
        return map;
    }

    /** Versions without any do not have the list. */
    private static List<StoredName> names(@Nullable Object value) throws IOException {
        List<StoredName> names = new ArrayList<>();
        for (Object element : value == null ? List.of() : Json.list(value)) {
            Map<String, @Nullable Object> map = Json.object(element);
            names.add(NameTable.name(
                    Json.string(map, "part"),
                    Json.string(map, "owner"),
                    Json.string(map, "logical_name"),
                    Json.string(map, "stored_name")));
        }
        return names;
    }

    private static List<Map<String, Object>> columns(Schema schema) {
        return schema.fields().stream().map(VersionFile::column).toList();
    }

    private static Map<String, Object> column(Field field) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("name", field.name());
        column.put("type", field.type().toString());
        column.put("nullable", field.nullable());
        return column;
    }

    private static Map<String, @Nullable Object> file(Version version, DataFile file) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("path", version.folder().relativize(file.path()).toString().replace('\\', '/'));
        map.put("partition", file.partition());
        map.put("rows", file.rows());
        map.put("bytes", file.bytes());
        map.put("columns", (long) file.columns());
        return map;
    }

    /** Reads a version's description. */
    static Version read(Path folder) throws IOException {
        Path file = folder.resolve(Version.FILE);
        Map<String, @Nullable Object> document = Json.object(Files.readString(file));
        long format = Json.number(document, "format");
        if (format > Version.FORMAT) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + file + ": its format is " + format + " (known: up to " + Version.FORMAT + ")",
                    "use the newer release of Headworks that wrote it");
        }
        List<Schema> columnSets = new ArrayList<>();
        for (Object set : Json.list(document.get("column_sets"))) {
            columnSets.add(schema(set));
        }
        List<DataFile> files = new ArrayList<>();
        for (Object element : Json.list(document.get("files"))) {
            files.add(dataFile(folder, Json.object(element)));
        }
        return new Version(
                Json.number(document, "version"),
                folder,
                Instant.parse(Json.string(document, "published_at")),
                partitioning(document.get("partition")),
                names(document.get("names")),
                columnSets,
                files);
    }

    private static @Nullable Partitioning partitioning(@Nullable Object value) throws IOException {
        if (value == null) {
            return null;
        }
        Map<String, @Nullable Object> map = Json.object(value);
        String by = Json.string(map, "by").toUpperCase(Locale.ROOT);
        return new Partitioning(Json.string(map, "column"), Partitioning.By.valueOf(by));
    }

    private static Schema schema(@Nullable Object columns) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (Object element : Json.list(columns)) {
            Map<String, @Nullable Object> column = Json.object(element);
            String spelling = Json.string(column, "type");
            DataType type =
                    DataType.parse(spelling).orElseThrow(() -> new IOException("'" + spelling + "' is no known type"));
            fields.add(new Field(Json.string(column, "name"), type, !Boolean.FALSE.equals(column.get("nullable"))));
        }
        return new Schema(fields);
    }

    private static DataFile dataFile(Path folder, Map<String, @Nullable Object> map) throws IOException {
        return new DataFile(
                folder.resolve(Json.string(map, "path")),
                (String) map.get("partition"),
                Json.number(map, "rows"),
                Json.number(map, "bytes"),
                Math.toIntExact(Json.number(map, "columns")));
    }
}
