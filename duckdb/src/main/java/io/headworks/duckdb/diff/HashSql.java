package io.headworks.duckdb.diff;

import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.RowHashing;
import io.headworks.duckdb.sql.DuckSql;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Rows' hashes and buckets as DuckDB's SQL, over a relation's columns. */
final class HashSql {
    private final RowHashing hashing;

    HashSql(RowHashing hashing) {
        this.hashing = hashing;
    }

    /** Without sign: sums modulo 2^64 are the same. */
    String rowHash() {
        return number(hashing.columns(), 16);
    }

    /** By way of the digits, which is twice as fast as {@code md5_number_upper} and has the bytes in their order. */
    private static String number(List<HashedColumn> columns, int digits) {
        return "CAST('0x' || left(md5(" + cells(columns) + "), " + digits + ") AS UBIGINT)";
    }

    String bucket() {
        String count = Integer.toString(hashing.buckets());
        if (hashing.byRemainder()) {
            String key = "CAST(" + DuckSql.name(hashing.key().get(0).name()) + " AS BIGINT)";
            return "coalesce(" + key + " % " + count + " + " + count + ", " + RowHashing.NULL_KEYS + ")";
        }
        return "CASE WHEN " + anyKeyNull() + " THEN " + RowHashing.NULL_KEYS + " ELSE 1 + " + number(hashing.key(), 8)
                + " % " + count + " END";
    }

    String bucketIn(Collection<Integer> buckets) {
        return bucket() + " IN ("
                + buckets.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }

    private String anyKeyNull() {
        return hashing.key().stream()
                .map(column -> DuckSql.name(column.name()) + " IS NULL")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    String keyWithoutNull() {
        return hashing.key().stream()
                .map(column -> DuckSql.name(column.name()) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /** Texts compare by their bytes, whatever the column's collation. */
    String keyTexts() {
        return hashing.key().stream()
                .map(column -> "encode(" + CellText.of(column) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String cells(List<HashedColumn> columns) {
        return columns.stream().map(HashSql::cell).collect(Collectors.joining(", ", "concat(", ")"));
    }

    /** {@code concat} reads NULL as an empty text, which no canonical text is but a free one, whose length tells. */
    private static String cell(HashedColumn column) {
        String text = CellText.of(column);
        return column.form().isFree() ? "strlen(" + text + "), ':', " + text + ", ','" : text + ", ','";
    }
}
