package io.headworks.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that a test states. */
public sealed interface Fixture {

    /**
     * Rows as they are written. Each has a cell for each column.
     *
     * @param file the CSV file that holds them; null where they stand in the test itself
     */
    record Rows(
            List<String> columns,
            List<List<Cell>> rows,
            @Nullable String file) implements Fixture {
        public Rows {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Cell> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "Cannot state a row of " + row.size() + " cells: there are " + columns.size() + " columns");
                }
            }
        }
    }

    /** What a SELECT over values of its own gives, in the engine's dialect. */
    record Query(String sql, String file) implements Fixture {}

    /** One value; {@code text} is null for NULL. */
    record Cell(@Nullable String text, Form form) {
        public static final Cell NULL = new Cell(null, Form.PLAIN);

        /** How it is written, which says what it may be when nobody states a type. */
        public enum Form {
            /** A number, a date or a word. */
            PLAIN,
            /** In quotes: text, whatever it looks like. */
            QUOTED,
            /** A list or a map, as JSON. */
            NESTED
        }
    }
}
