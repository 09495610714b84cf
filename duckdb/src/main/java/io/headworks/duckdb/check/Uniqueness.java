package io.headworks.duckdb.check;

import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.duckdb.check.RelationFacts.ColumnFacts;
import io.headworks.duckdb.sql.DuckSql;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many rows repeat a key that another row has already; rows with a NULL in the key are left out. */
record Uniqueness(
        CheckScope scope, List<String> columns, @Nullable String where) {
    /** Bits of the largest bitmap, 32 MiB, and how much larger than the number of rows it may be. */
    private static final BigInteger LARGEST_BITMAP = BigInteger.ONE.shiftLeft(28);

    private static final long BITS_PER_ROW = 16;

    private record Span(String offset, String inside, String outside, BigInteger size) {}

    private Relation rows() {
        return scope.relation();
    }

    /** True when keys of some rows are to be unique in a whole table. */
    boolean isAgainstTable() {
        Relation table = scope.table();
        return table != null && !table.sql().equals(rows().sql());
    }

    String alone() {
        if (isAgainstTable()) {
            return "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM " + tableRows() + " GROUP BY "
                    + DuckSql.names(columns) + ") AS _hw_keys";
        }
        String key = key();
        String present = columns.size() == 1 ? "count(" + key + ")" : "count(*)";
        return "SELECT " + present + " - count(DISTINCT " + key + ") FROM " + new Rows(rows(), where).and(notNull());
    }

    /** The rows of the table whose key is among the rows checked. */
    private String tableRows() {
        Relation table = scope.table();
        if (table == null) {
            throw new IllegalStateException("no table in scope");
        }
        String keys = DuckSql.names(columns);
        return new Rows(table, null).from() + " SEMI JOIN (SELECT " + keys + " FROM "
                + new Rows(rows(), where).and(notNull()) + ") AS _hw_touched USING (" + keys + ")"
                + (where == null ? "" : " WHERE " + Rows.filter(where));
    }

    /** An aggregate over all rows; null when rows of the table are needed too. */
    @Nullable
    String fused() {
        if (isAgainstTable()) {
            return null;
        }
        String key = "CASE WHEN " + new Rows(rows(), where).all(notNull()) + " THEN " + key() + " END";
        return "count(" + key + ") - count(DISTINCT " + key + ")";
    }

    /** The rows that share their key with another. */
    String repeated() {
        String keys = DuckSql.names(columns);
        String from = isAgainstTable() ? tableRows() : new Rows(rows(), where).and(notNull());
        Relation whole = isAgainstTable() && scope.table() != null ? scope.table() : rows();
        return new Rows(whole, where).from() + " SEMI JOIN (SELECT " + keys + " FROM " + from + " GROUP BY " + keys
                + " HAVING count(*) > 1 ORDER BY " + keys + " LIMIT " + scope.sampleRows()
                + ") AS _hw_repeated USING (" + keys + ")"
                + (where == null ? "" : " WHERE " + Rows.filter(where));
    }

    private String key() {
        String names = DuckSql.names(columns);
        return columns.size() == 1 ? names : "(" + names + ")";
    }

    String notNull() {
        return columns.stream()
                .map(column -> DuckSql.name(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /**
     * Counts distinct keys as bits, where the key's columns are whole numbers or dates within a narrow range: an order of
     * magnitude cheaper than a hash table, and as exact. Should statistics be wrong, the answer is NULL.
     */
    Optional<String> bitmap(RelationFacts facts) {
        List<Span> spans = new ArrayList<>();
        BigInteger size = BigInteger.ONE;
        for (String column : columns) {
            Field field = Unfit.column(rows().schema(), column);
            Optional<Span> span = facts.column(column).flatMap(known -> span(field, known));
            if (span.isEmpty()) {
                return Optional.empty();
            }
            spans.add(span.get());
            size = size.multiply(span.get().size());
        }
        BigInteger allowed =
                BigInteger.valueOf(Math.max(facts.rows(), 1 << 16)).multiply(BigInteger.valueOf(BITS_PER_ROW));
        if (isAgainstTable() || size.compareTo(allowed.min(LARGEST_BITMAP)) > 0) {
            return Optional.empty();
        }
        return Optional.of(bitmap(spans, size));
    }

    private String bitmap(List<Span> spans, BigInteger size) {
        String bit = spans.get(0).offset();
        for (Span span : spans.subList(1, spans.size())) {
            bit = "(" + bit + ") * " + span.size() + " + " + span.offset();
        }
        Rows checked = new Rows(rows(), where);
        String outside = spans.stream().map(Span::outside).collect(Collectors.joining(" OR "));
        String inside = spans.stream().map(Span::inside).collect(Collectors.joining(" AND "));
        return "CASE WHEN (" + checked.countAlone(notNull(), outside) + ") = 0 THEN (SELECT count(*) - "
                + "coalesce(bit_count(bitstring_agg(" + bit + ", 0, " + size.subtract(BigInteger.ONE) + ")), 0) FROM "
                + checked.and(notNull(), inside) + ") END";
    }

    private static Optional<Span> span(Field field, ColumnFacts facts) {
        String min = facts.min();
        String max = facts.max();
        if (min == null || max == null) {
            return Optional.empty();
        }
        String column = DuckSql.name(field.name());
        try {
            if (field.type() == Simple.DATE) {
                long days =
                        LocalDate.parse(max).toEpochDay() - LocalDate.parse(min).toEpochDay();
                return Optional.of(span(column, column, min, max, field.type(), BigInteger.valueOf(days)));
            } else if (field.type().isInteger() && field.type() != Simple.HUGEINT && field.type() != Simple.UINT64) {
                BigInteger size = new BigInteger(max).subtract(new BigInteger(min));
                return Optional.of(span(column, "CAST(" + column + " AS BIGINT)", min, max, DataType.BIGINT, size));
            }
        } catch (DateTimeException | NumberFormatException noPlainValue) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Span span(String column, String value, String min, String max, DataType type, BigInteger distance) {
        String low = DuckSql.literal(min, type);
        String high = DuckSql.literal(max, type);
        return new Span(
                value + " - " + low,
                column + " BETWEEN " + low + " AND " + high,
                column + " < " + low + " OR " + column + " > " + high,
                distance.add(BigInteger.ONE));
    }
}
