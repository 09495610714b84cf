package io.headworks.connector.files.columns;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.Scan.ScanColumn.Origin;
import io.headworks.api.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns an extract asks for. Those read from the path and those added follow the data unless they are listed.
 *
 * @param listed the columns in the order asked for; where all are wanted, those known from earlier runs
 * @param all whether columns found in the files are wanted as well
 * @param types declared types, and those of earlier runs, by column
 * @param special columns that do not come from the data: path values, path, line
 */
public record WantedColumns(
        List<String> listed, boolean all, Map<String, DataType> types, Map<String, Origin> special) {
    public WantedColumns {
        listed = List.copyOf(listed);
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        special = Collections.unmodifiableMap(new LinkedHashMap<>(special));
    }

    /** @param pathColumns the {@code {column}} parts of the path */
    public static WantedColumns of(Extract extract, FileReading reading, List<String> pathColumns) {
        Map<String, Origin> special = new LinkedHashMap<>();
        pathColumns.forEach(column -> special.put(column, Origin.PATH_VALUE));
        reading.add().forEach((column, what) -> {
            if (special.put(column, origin(column, what)) != null) {
                throw new HeadworksException(
                        FailureKind.PROJECT, "Cannot add column " + column + ": it is read from the path already");
            }
        });
        Map<String, DataType> types = new LinkedHashMap<>(extract.knownTypes());
        List<String> listed = new ArrayList<>();
        for (ColumnChoice choice : extract.columns()) {
            listed.add(choice.name());
            if (choice.type() != null) {
                types.put(choice.name(), choice.type());
            }
        }
        boolean all = listed.isEmpty();
        if (all) {
            listed.addAll(extract.knownTypes().keySet());
        }
        return new WantedColumns(listed, all, types, special);
    }

    /** The columns that come from the files' data, as far as they are known. */
    public List<String> data() {
        return listed.stream().filter(column -> !special.containsKey(column)).toList();
    }

    /** All columns in order, given those of the data. */
    public List<String> ordered(List<String> data) {
        Set<String> ordered = new LinkedHashSet<>(listed);
        ordered.addAll(data);
        ordered.addAll(special.keySet());
        return List.copyOf(ordered);
    }

    public @Nullable DataType type(String column) {
        DataType type = types.get(column);
        if (type != null) {
            return type;
        }
        Origin origin = special.get(column);
        return origin == Origin.PATH ? DataType.TEXT : origin == Origin.LINE ? DataType.BIGINT : null;
    }

    /** True when every column is known with its type, without looking at a file. */
    public boolean isComplete() {
        return !listed.isEmpty()
                && listed.stream().allMatch(column -> type(column) != null)
                && special.keySet().stream().allMatch(column -> type(column) != null);
    }

    private static Origin origin(String column, String what) {
        return switch (what) {
            case "path" -> Origin.PATH;
            case "line" -> Origin.LINE;
            default ->
                throw new HeadworksException(
                        FailureKind.PROJECT, "Cannot add column " + column + ": '" + what + "' (allowed: path, line)");
        };
    }
}
