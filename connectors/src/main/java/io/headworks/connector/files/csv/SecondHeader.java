package io.headworks.connector.files.csv;

import io.headworks.connector.files.infer.ColumnGuess;
import java.util.List;
import java.util.Map;

/**
 * Notices a second header line (units, types): the first record under the header holds no value at all, and without it
 * some column would have a type. Loading it as data would turn those columns to text for good.
 */
final class SecondHeader {
    private static final int LEAST_ROWS = 3;
    private final CsvProfile profile;

    SecondHeader(CsvProfile profile) {
        this.profile = profile;
    }

    /** @throws AmbiguousDialect when the first record looks like a second header */
    void refuse(Map<String, Integer> indexes, List<String> columns) {
        List<List<String>> rows = profile.rows();
        if (!profile.hasHeader()
                || rows.size() < LEAST_ROWS
                || rows.get(0).stream().anyMatch(HeaderDetection::isValue)) {
            return;
        }
        for (String column : columns) {
            int index = indexes.getOrDefault(column, -1);
            if (index >= 0 && !profile.isNull(rows.get(0).get(index)) && isTyped(rows, index)) {
                String line = String.join(" ", rows.get(0));
                throw new AmbiguousDialect(
                        profile.path(),
                        "whether the line '" + line + "' is a second header, because column " + column
                                + " has a type only below it,",
                        List.of(
                                "skip: " + (profile.skip() + 1) + " (it is the header)",
                                "a declared type for " + column + " (it becomes a rejected row)"),
                        "skip or extract.columns");
            }
        }
    }

    private boolean isTyped(List<List<String>> rows, int index) {
        ColumnGuess guess = new ColumnGuess(profile.decimal());
        rows.stream()
                .skip(1)
                .map(row -> row.get(index))
                .filter(value -> !profile.isNull(value))
                .forEach(guess::accept);
        return !guess.isText();
    }
}
