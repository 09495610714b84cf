package io.headworks.connector.postgres.source;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.RowHashing;
import io.headworks.connector.postgres.session.PostgresSql;
import io.headworks.connector.server.ServerHashing.HashStatements;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Hashes and buckets of an extract's rows as PostgreSQL's SQL. */
final class HashSql implements HashStatements {
    private final ExtractSelect select;
    private final RowHashing hashing;

    HashSql(ExtractSelect select, RowHashing hashing) {
        this.select = select;
        this.hashing = hashing;
    }

    /**
     * OFFSET keeps the server from taking the buckets to be as many as the keys, which would have it sort all rows, and
     * has workers make the hashes.
     */
    @Override
    public String buckets() {
        return "SELECT bucket, count(*), sum(hash) FROM (SELECT " + bucket() + " AS bucket, " + rowHash() + " AS hash"
                + select.rows() + " OFFSET 0) AS hashes GROUP BY bucket";
    }

    @Override
    public String repeated() {
        String keys = hashing.key().stream().map(this::comparable).collect(Collectors.joining(", "));
        return "SELECT count(*), coalesce(sum(n), 0) FROM (SELECT count(*) AS n" + select.rows()
                + (select.isFiltered() ? " AND " : " WHERE ") + present() + " GROUP BY " + keys
                + " HAVING count(*) > 1) AS repeated";
    }

    private String present() {
        return hashing.key().stream()
                .map(column -> "(" + select.value(column.name()) + ") IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    @Override
    public String within(Collection<Integer> buckets) {
        String numbers = buckets.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        return bucket() + " IN (SELECT unnest(CAST(" + PostgresSql.text(numbers) + " AS int4[])))";
    }

    private String bucket() {
        int count = hashing.buckets();
        if (hashing.byRemainder()) {
            String key = "CAST(" + select.value(hashing.key().get(0).name()) + " AS int8)";
            return "coalesce(CAST(" + key + " % " + count + " AS int4) + " + count + ", " + RowHashing.NULL_KEYS + ")";
        }
        String isNull = hashing.key().stream()
                .map(column -> "(" + select.value(column.name()) + ") IS NULL")
                .collect(Collectors.joining(" OR "));
        String hash = "CAST(CAST('x' || left(" + md5(hashing.key()) + ", 8) AS bit(32)) AS int8)";
        return "CASE WHEN " + isNull + " THEN " + RowHashing.NULL_KEYS + " ELSE CAST(1 + " + hash + " % " + count
                + " AS int4) END";
    }

    private String rowHash() {
        return "CAST(CAST('x' || left(" + md5(hashing.columns()) + ", 16) AS bit(64)) AS int8)";
    }

    private String md5(List<HashedColumn> columns) {
        return columns.stream().map(this::cell).collect(Collectors.joining(", ", "md5(concat(", "))"));
    }

    /** {@code concat} leaves NULL out: of free text the length is missing too, and no other text is empty. */
    private String cell(HashedColumn column) {
        String text = cellText(column);
        return column.form().isFree() ? "octet_length(" + text + "), ':', " + text + ", ','" : text + ", ','";
    }

    private String cellText(HashedColumn column) {
        return CellText.of(column.form(), column.type(), select.value(column.name()));
    }

    /** Equal where the canonical texts are: a collation of the server's may take different texts for one. */
    private String comparable(HashedColumn column) {
        boolean text = column.form() instanceof CanonicalForm.Characters || column.form() instanceof CanonicalForm.Uuid;
        return text ? CellText.text(cellText(column)) + " COLLATE \"C\"" : select.value(column.name());
    }
}
