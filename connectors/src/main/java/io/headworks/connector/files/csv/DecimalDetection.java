package io.headworks.connector.files.csv;

import io.headworks.connector.files.infer.ColumnGuess;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the decimal mark: a comma where some column is made of numbers with a decimal comma and none of numbers with a
 * decimal point; the point otherwise. Both at once, or a comma followed by three digits throughout (thousands?), is
 * ambiguous, except that between comma delimiters such numbers are left to be text.
 */
final class DecimalDetection {
    private final String path;
    private final List<List<String>> rows;
    private final int width;
    private final List<String> nulls;
    private final String delimiter;

    DecimalDetection(String path, String delimiter, List<List<String>> rows, int width, List<String> nulls) {
        this.path = path;
        this.delimiter = delimiter;
        this.rows = rows;
        this.width = width;
        this.nulls = nulls;
    }

    char detect() {
        List<Integer> commas = columnsWithFractions(',');
        if (commas.isEmpty()) {
            return '.';
        }
        boolean points = !columnsWithFractions('.').isEmpty();
        boolean thousands = commas.stream().allMatch(this::couldBeThousands);
        if (thousands && delimiter.equals(",")) {
            return '.';
        }
        if (points || thousands) {
            throw new AmbiguousDialect(
                    path,
                    "the decimal mark",
                    points
                            ? List.of("comma (column " + (commas.get(0) + 1) + ")", "point")
                            : List.of("a decimal comma", "a comma between thousands (then declare the column as text)"),
                    "decimal, as decimal: \",\"");
        }
        return ',';
    }

    private List<Integer> columnsWithFractions(char mark) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            ColumnGuess guess = new ColumnGuess(mark);
            for (List<String> row : rows) {
                if (column < row.size() && !isNull(row.get(column)) && !guess.isKnownText()) {
                    guess.accept(row.get(column));
                }
            }
            if (guess.hasFraction()) {
                columns.add(column);
            }
        }
        return columns;
    }

    private boolean isNull(String value) {
        return value.isEmpty() || nulls.contains(value);
    }

    private boolean couldBeThousands(int column) {
        return rows.stream()
                .filter(row -> column < row.size() && row.get(column).indexOf(',') >= 0)
                .allMatch(row -> row.get(column).matches("-?[1-9][0-9]{0,2},[0-9]{3}"));
    }
}
