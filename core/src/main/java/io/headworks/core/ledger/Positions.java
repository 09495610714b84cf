package io.headworks.core.ledger;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Position;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Positions as they stand in the ledger: {@code {"kind":"key",…}}, {@code {"kind":"files",…}} or {@code {"kind":"inputs",…}}. */
public final class Positions {

    private Positions() {}

    public static String write(Position position) {
        if (position instanceof Position.Key key) {
            return Json.canonical(tree(key));
        } else if (position instanceof Position.Inputs inputs) {
            return Json.canonical(InputPositions.tree(inputs));
        }
        return Json.canonical(tree((Position.Files) position));
    }

    /**
     * Reads a position back.
     *
     * @throws HeadworksException of kind POSITION_LOST when it is of a kind this program does not know
     */
    public static @Nullable Position read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Map<String, @Nullable Object> tree = Json.readObject(json);
        String kind = text(tree, "kind");
        return switch (kind) {
            case "key" -> key(tree);
            case "files" -> files(tree);
            case "inputs" -> InputPositions.read(tree);
            default -> throw unreadable(json);
        };
    }

    static Position.Key key(Map<String, @Nullable Object> tree) {
        return new Position.Key(
                text(tree, "column"),
                DataType.parse(text(tree, "type")).orElseThrow(() -> unreadable(Json.compact(tree))),
                text(tree, "value"),
                tree.get("compared_at") == null ? null : Instant.parse(text(tree, "compared_at")));
    }

    /** For people: {@code updated_at ≤ 2024-03-01T00:00:00Z}, {@code 12 files}. */
    public static String describe(@Nullable Position position) {
        if (position instanceof Position.Key key) {
            return key.column() + " up to " + key.value();
        } else if (position instanceof Position.Files files) {
            int count = files.files().size();
            return count + (count == 1 ? " file" : " files");
        } else if (position instanceof Position.Inputs inputs) {
            return InputPositions.describe(inputs);
        }
        return "nothing yet";
    }

    private static HeadworksException unreadable(String json) {
        return new HeadworksException(
                FailureKind.POSITION_LOST,
                "Cannot read the position in the ledger: " + json,
                "it was written by a newer program: use that one, or load everything again with --full-refresh");
    }

    static Map<String, Object> tree(Position.Key key) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "key");
        tree.put("column", key.column());
        tree.put("type", key.type().toString());
        tree.put("value", key.value());
        if (key.comparedAt() != null) {
            tree.put("compared_at", key.comparedAt().toString());
        }
        return tree;
    }

    private static Map<String, Object> tree(Position.Files files) {
        List<Object> list = new ArrayList<>();
        for (FileStamp stamp : files.files()) {
            list.add(tree(stamp));
        }
        Map<String, Object> columns = new LinkedHashMap<>();
        files.columns()
                .fields()
                .forEach(field -> columns.put(field.name(), field.type().toString()));
        List<String> order = files.columns().names();
        return Map.of("kind", "files", "files", list, "columns", order, "types", columns);
    }

    /** A file as plain values, for hashes and documents. */
    public static Map<String, Object> tree(FileStamp stamp) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", stamp.path());
        tree.put("bytes", stamp.bytes());
        tree.put("modified", stamp.modified().toString());
        if (stamp.contentHash() != null) {
            tree.put("sha256", stamp.contentHash());
        }
        if (!stamp.pathValues().isEmpty()) {
            tree.put("values", stamp.pathValues());
        }
        return tree;
    }

    private static Position files(Map<String, @Nullable Object> tree) {
        List<FileStamp> stamps = new ArrayList<>();
        for (Object element : (List<?>) present(tree, "files")) {
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> file = (Map<String, @Nullable Object>) element;
            @SuppressWarnings("unchecked")
            Map<String, String> values = (Map<String, String>) file.getOrDefault("values", Map.of());
            stamps.add(new FileStamp(
                    text(file, "path"),
                    ((Number) present(file, "bytes")).longValue(),
                    Instant.parse(text(file, "modified")),
                    (String) file.get("sha256"),
                    values == null ? Map.of() : values));
        }
        return new Position.Files(stamps, columns(tree));
    }

    private static Schema columns(Map<String, @Nullable Object> tree) {
        List<Field> fields = new ArrayList<>();
        Map<?, ?> types = (Map<?, ?>) present(tree, "types");
        for (Object name : (List<?>) present(tree, "columns")) {
            String type = String.valueOf(types.get(name));
            fields.add(new Field(name.toString(), DataType.parse(type).orElseThrow(() -> unreadable(type)), true));
        }
        return new Schema(fields);
    }

    static String text(Map<String, @Nullable Object> tree, String key) {
        return (String) present(tree, key);
    }

    static Object present(Map<String, @Nullable Object> tree, String key) {
        Object value = tree.get(key);
        if (value == null) {
            throw unreadable(Json.compact(tree));
        }
        return value;
    }
}
