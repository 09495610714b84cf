package io.headworks.connector.files.columns;

import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.type.DataType;
import io.headworks.connector.files.infer.ColumnGuess;
import io.headworks.connector.files.infer.DateFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types of path values, inferred from all paths; dates only where they are ISO 8601. */
public record PathTypes(Map<String, DataType> types) {

    public static PathTypes of(List<InputFile> files) {
        Map<String, ColumnGuess> guesses = new LinkedHashMap<>();
        for (InputFile file : files) {
            file.stamp()
                    .pathValues()
                    .forEach((column, value) -> guesses.computeIfAbsent(column, c -> new ColumnGuess())
                            .accept(value));
        }
        Map<String, DataType> types = new LinkedHashMap<>();
        guesses.forEach((column, guess) -> types.put(column, guess.type(DateFormat.ISO)));
        return new PathTypes(types);
    }

    public DataType type(String column) {
        return types.getOrDefault(column, DataType.TEXT);
    }
}
