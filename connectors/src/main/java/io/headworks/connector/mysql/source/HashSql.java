package io.headworks.connector.mysql.source;

import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.RowHashing;
import io.headworks.connector.server.ServerHashing.HashStatements;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Hashes and buckets of an extract's rows as MySQL's SQL. */
final class HashSql implements HashStatements {
    /**
     * In place of a row's hash that is NULL, because its text was longer than the server allows (max_allowed_packet): no
     * sum of hashes is as large.
     */
    static final BigDecimal TOO_LONG = BigDecimal.valueOf(2).pow(100);

    private final ExtractSelect select;
    private final RowHashing hashing;

    HashSql(ExtractSelect select, RowHashing hashing) {
        this.select = select;
        this.hashing = hashing;
    }

    @Override
    public String buckets() {
        return "SELECT bucket, count(*), sum(hash) FROM (SELECT " + bucket() + " AS bucket, "
                + number(hashing.columns(), 16, TOO_LONG.toPlainString()) + " AS hash" + select.rows()
                + ") AS hashes GROUP BY bucket";
    }

    /** Texts of any length are told apart by their hash. */
    @Override
    public String repeated() {
        return "SELECT count(*), coalesce(sum(n), 0) FROM (SELECT count(*) AS n" + select.rows()
                + (select.isFiltered() ? " AND " : " WHERE ") + keys(" IS NOT NULL", " AND ") + " GROUP BY "
                + md5(hashing.key()) + " HAVING count(*) > 1) AS repeated";
    }

    @Override
    public String within(Collection<Integer> buckets) {
        return bucket()
                + buckets.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ", " IN (", ")"));
    }

    private String bucket() {
        String count = Integer.toString(hashing.buckets());
        if (hashing.byRemainder()) {
            String key = select.value(hashing.key().get(0).name());
            return "coalesce(CAST(" + key + " AS SIGNED) % " + count + " + " + count + ", " + RowHashing.NULL_KEYS
                    + ")";
        }
        return "CASE WHEN " + keys(" IS NULL", " OR ") + " THEN " + RowHashing.NULL_KEYS + " ELSE 1 + "
                + number(hashing.key(), 8, "0") + " % " + count + " END";
    }

    private String keys(String test, String between) {
        return hashing.key().stream()
                .map(column -> select.value(column.name()) + test)
                .collect(Collectors.joining(between, "(", ")"));
    }

    private String number(List<HashedColumn> columns, int digits, String instead) {
        return "coalesce(CAST(conv(left(" + md5(columns) + ", " + digits + "), 16, 10) AS UNSIGNED), " + instead + ")";
    }

    private String md5(List<HashedColumn> columns) {
        return columns.stream().map(this::cell).collect(Collectors.joining(", ", "md5(concat(", "))"));
    }

    /** As bytes, so that no collation has a say. */
    private String cell(HashedColumn column) {
        String text = "CAST(" + CellText.of(column.form(), column.type(), select.value(column.name())) + " AS BINARY)";
        String cell = "coalesce(" + text + ", ''), ','";
        return column.form().isFree() ? "coalesce(length(" + text + "), ''), ':', " + cell : cell;
    }
}
