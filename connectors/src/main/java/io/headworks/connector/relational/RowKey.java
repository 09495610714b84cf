package io.headworks.connector.relational;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What tells a row of the table {@code t} from all others. */
public record RowKey(List<Part> parts) {
    public RowKey {
        parts = List.copyOf(parts);
    }

    /**
     * A value of the row.
     *
     * @param sql over the row {@code t}
     * @param declared its type in the database's own words, for a work table that keeps it
     */
    public record Part(String sql, String declared, boolean nullable) {}

    /** A number of the row that the database keeps itself. */
    public static RowKey ofNumber(String sql) {
        return new RowKey(List.of(new Part(sql, "BIGINT", false)));
    }

    /** Columns of a work table that keeps the key, all indexed. */
    public List<WorkColumn> columns() {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> new WorkColumn(column(i), parts.get(i).declared(), true))
                .toList();
    }

    /** A select list with the names of {@link #columns}. */
    public String select() {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).sql() + " AS " + column(i))
                .collect(Collectors.joining(", "));
    }

    /** The names of {@link #columns}. */
    public String names() {
        return IntStream.range(0, parts.size()).mapToObj(RowKey::column).collect(Collectors.joining(", "));
    }

    /** True for the row {@code t} of a work table's row. */
    public String is(Spelling spelling, String alias) {
        return IntStream.range(0, parts.size())
                .mapToObj(i -> {
                    Part part = parts.get(i);
                    String kept = alias + "." + column(i);
                    return part.nullable() ? spelling.same(part.sql(), kept) : part.sql() + " = " + kept;
                })
                .collect(Collectors.joining(" AND "));
    }

    /** True for the rows {@code t} that a work table keeps; the condition is over its row {@code m}. */
    public String isKept(Spelling spelling, String table, String condition) {
        if (parts.size() == 1 && !parts.get(0).nullable()) {
            return parts.get(0).sql() + " IN (SELECT m." + column(0) + " FROM " + table + " AS m WHERE " + condition
                    + ")";
        }
        return "EXISTS (SELECT 1 FROM " + table + " AS m WHERE " + is(spelling, "m") + " AND " + condition + ")";
    }

    private static String column(int index) {
        return "table_row" + index;
    }
}
