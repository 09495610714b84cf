package io.headworks.api.source;

import io.headworks.api.dataset.TableName;
import io.headworks.api.type.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline reads, free of how far it has read.
 *
 * @param columns the columns wanted, in order; empty means all
 * @param where a condition in the source's own dialect, pushed down; null means all rows
 * @param files how to read files; null where the source has none
 * @param deletesWhen a condition in the source's dialect that marks a row as deleted
 * @param knownTypes the types registered by earlier runs, by column: what a source without types of its own (text files)
 *     keeps to where {@code columns} declares none; unlike {@code columns} they choose nothing, so that a new column is
 *     still seen
 */
public record Extract(
        Reading reading,
        List<ColumnChoice> columns,
        @Nullable String where,
        @Nullable String deletesWhen,
        @Nullable FileReading files,
        Map<String, DataType> knownTypes) {

    public Extract {
        columns = List.copyOf(columns);
        knownTypes = Collections.unmodifiableMap(new LinkedHashMap<>(knownTypes));
    }

    /** An extract without types of earlier runs. */
    public Extract(
            Reading reading,
            List<ColumnChoice> columns,
            @Nullable String where,
            @Nullable String deletesWhen,
            @Nullable FileReading files) {
        this(reading, columns, where, deletesWhen, files, Map.of());
    }

    public Extract withKnownTypes(Map<String, DataType> types) {
        return new Extract(reading, columns, where, deletesWhen, files, types);
    }

    /** The same rows as far as a condition in the source's dialect holds too. */
    public Extract and(String condition) {
        String both = where == null ? condition : "(" + where + "\n) AND " + condition;
        return new Extract(reading, columns, both, deletesWhen, files, knownTypes);
    }

    /** A column to read; {@code type} is null where the source's own type is kept. */
    public record ColumnChoice(String name, @Nullable DataType type) {}

    /** Where the rows are. */
    public sealed interface Reading {
        record Table(TableName name) implements Reading {}

        /** A SELECT in the source's dialect. */
        record Query(String sql) implements Reading {}

        /**
         * A SELECT over datasets of the project, in the engine's dialect: an SQL model.
         *
         * @param file where it stands
         * @param values of the variables that it names, as text
         */
        record Model(String file, String sql, Map<String, String> values) implements Reading {
            public Model {
                values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            }
        }

        /** A path with {@code *}, {@code **}, {@code ?} and {@code {column}} parts, below the connection's folder. */
        record Files(String path) implements Reading {}
    }
}
