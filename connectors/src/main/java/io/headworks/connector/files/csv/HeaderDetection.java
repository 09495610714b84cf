package io.headworks.connector.files.csv;

import io.headworks.connector.files.infer.ColumnGuess;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells whether the first record names the columns. It does when it holds one of the names asked for, or when none of
 * its fields reads as a number, a boolean, a date or a timestamp. Otherwise nothing is guessed.
 */
final class HeaderDetection {
    private final String path;
    private final Set<String> expectedNames;

    /** @param expectedNames column names and aliases, in lower case */
    HeaderDetection(String path, Set<String> expectedNames) {
        this.path = path;
        this.expectedNames = expectedNames;
    }

    boolean isHeader(List<String> first) {
        boolean expected = first.stream()
                .anyMatch(field -> expectedNames.contains(field.strip().toLowerCase(Locale.ROOT))
                        || expectedNames.contains(HeaderNames.snakeCase(field)));
        if (expected) {
            return true;
        }
        for (String field : first) {
            if (isValue(field)) {
                throw new AmbiguousDialect(
                        path,
                        "whether the first line '" + shortened(String.join(" ", first)) + "' is a header, because '"
                                + shortened(field) + "' reads as a value,",
                        List.of("header: true", "header: false"),
                        "header");
            }
        }
        return true;
    }

    /** True when a field reads as a value of a type other than text. */
    static boolean isValue(String field) {
        ColumnGuess point = new ColumnGuess('.');
        ColumnGuess comma = new ColumnGuess(',');
        point.accept(field);
        comma.accept(field);
        return !field.isEmpty() && !(point.isText() && comma.isText());
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
