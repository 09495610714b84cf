package io.headworks.duckdb.diff;

import io.headworks.api.diff.CanonicalForm.Near;
import io.headworks.api.diff.CanonicalForm.Whole;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.Repeated;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.RowComparison.Differences;
import io.headworks.api.engine.RowComparison.Found;
import io.headworks.api.engine.RowComparison.Side;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two sides as texts in work tables, then joined by key. Columns go by their place: {@code k0}, {@code k1} … the
 * key, {@code c0} … the others, {@code m0} … what distances are taken of.
 */
final class PairedRows {
    private final SqlRunner sql;
    private final Side left;
    private final Side right;
    private final int keys;
    private final List<@Nullable Tolerance> tolerances;
    private final String leftTable;
    private final String rightTable;
    private final String repeated;
    private final String found;

    PairedRows(
            SqlRunner sql,
            UnaryOperator<String> workTable,
            Side left,
            Side right,
            int keys,
            List<@Nullable Tolerance> tolerances) {
        this.sql = sql;
        this.left = left;
        this.right = right;
        this.keys = keys;
        this.tolerances = tolerances;
        this.leftTable = workTable.apply("diff_a");
        this.rightTable = workTable.apply("diff_b");
        this.repeated = workTable.apply("diff_repeated");
        this.found = workTable.apply("diff_found");
    }

    Differences compare() {
        store(left, leftTable);
        store(right, rightTable);
        storeRepeated();
        storeFound();
        List<Long> counts =
                numbers("SELECT count_if(hw_left AND hw_right), count_if(NOT hw_right), count_if(NOT hw_left)"
                        + each("", i -> ", count_if(hw_left AND hw_right AND d" + i + ")") + " FROM " + found);
        return new Differences(
                counts.get(0),
                side(leftTable, counts.get(1), "a"),
                side(rightTable, counts.get(2), "b"),
                counts.subList(3, counts.size()),
                rows());
    }

    /** @param count the column of the table of repeated keys that counts the side's rows */
    private Found side(String table, long only, String count) {
        List<Long> twice = numbers("SELECT count_if(" + count + " > 1), coalesce(sum(" + count + ") FILTER (" + count
                + " > 1), 0), coalesce(sum(" + count + "), 0) FROM " + repeated);
        return new Found(
                sql.number("SELECT count(*) FROM " + table),
                only,
                new Repeated(twice.get(0), twice.get(1)),
                twice.get(2));
    }

    /** The one row of a SELECT of numbers. */
    private List<Long> numbers(String select) {
        return sql.query(select, row -> {
                    List<Long> all = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        all.add(row.getLong(i));
                    }
                    return all;
                })
                .get(0);
    }

    private void store(Side side, String table) {
        List<String> columns = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (int i = 0; i < side.columns().size(); i++) {
            HashedColumn column = side.columns().get(i);
            boolean key = i < keys;
            columns.add(CellText.shown(column) + " AS " + (key ? "k" + i : "c" + (i - keys)));
            if (key) {
                present.add(DuckSql.name(column.name()) + " IS NOT NULL");
            } else if (column.form() instanceof Near near) {
                Tolerance tolerance = Objects.requireNonNull(tolerances.get(i - keys));
                columns.add(CellText.measured(column, near, tolerance) + " AS m" + (i - keys));
            }
        }
        sql.execute("CREATE TABLE " + table + " AS SELECT " + String.join(", ", columns) + " FROM ("
                + side.rows().sql() + ") AS r WHERE " + String.join(" AND ", present));
    }

    private void storeRepeated() {
        String names = keyNames();
        sql.execute("CREATE TABLE " + repeated + " AS SELECT " + names + ", sum(a) AS a, sum(b) AS b FROM (SELECT "
                + names + ", count(*) AS a, 0 AS b FROM " + leftTable + " GROUP BY " + names + " UNION ALL SELECT "
                + names + ", 0 AS a, count(*) AS b FROM " + rightTable + " GROUP BY " + names + ") GROUP BY " + names
                + " HAVING sum(a) > 1 OR sum(b) > 1");
    }

    /** The pairs that differ, and the rows of one side alone. */
    private void storeFound() {
        String any = each(" OR ", i -> "d" + i);
        sql.execute("CREATE TABLE " + found + " AS SELECT * FROM (SELECT "
                + IntStream.range(0, keys)
                        .mapToObj(i -> "coalesce(a.k" + i + ", b.k" + i + ") AS k" + i)
                        .collect(Collectors.joining(", "))
                + ", a.k0 IS NOT NULL AS hw_left, b.k0 IS NOT NULL AS hw_right"
                + each("", i -> ", a.c" + i + " AS a" + i + ", b.c" + i + " AS b" + i + ", " + differs(i) + " AS d" + i)
                + " FROM " + pairable(leftTable, "a") + " FULL JOIN " + pairable(rightTable, "b") + " ON "
                + IntStream.range(0, keys)
                        .mapToObj(i -> "a.k" + i + " = b.k" + i)
                        .collect(Collectors.joining(" AND "))
                + ") WHERE NOT hw_left OR NOT hw_right" + (any.isEmpty() ? "" : " OR " + any));
    }

    private String pairable(String table, String alias) {
        return "(SELECT * FROM " + table + " AS t WHERE NOT EXISTS (SELECT 1 FROM " + repeated + " AS n WHERE "
                + IntStream.range(0, keys)
                        .mapToObj(i -> "n.k" + i + " = t.k" + i)
                        .collect(Collectors.joining(" AND "))
                + ")) AS " + alias;
    }

    private String differs(int column) {
        String differs = "a.c" + column + " IS DISTINCT FROM b.c" + column;
        Tolerance tolerance = tolerances.get(column);
        if (tolerance == null) {
            return "(" + differs + ")";
        }
        String distance = "abs(a.m" + column + " - b.m" + column + ")";
        return "(" + differs + " AND NOT coalesce(" + distance + " <= " + limit(column, tolerance) + ", false))";
    }

    private String limit(int column, Tolerance tolerance) {
        Near form = (Near) left.columns().get(keys + column).form();
        BigDecimal distance = form.isTime() ? tolerance.distance().movePointRight(6) : tolerance.distance();
        return "CAST('" + distance.toPlainString() + "' AS " + CellText.measure(form, tolerance) + ")";
    }

    private Relation rows() {
        List<String> selects = new ArrayList<>();
        selects.add(
                select("CASE WHEN hw_left THEN 'only_in_a' ELSE 'only_in_b' END", "-1", "NULL", "NULL", "NULL", found)
                        + " WHERE NOT hw_left OR NOT hw_right");
        selects.add(select("'repeated'", "-1", "NULL", CellText.text("a"), CellText.text("b"), repeated));
        for (int i = 0; i < tolerances.size(); i++) {
            String name = DuckSql.text(left.columns().get(keys + i).name());
            selects.add(select("'different'", Integer.toString(i), name, "a" + i, "b" + i, found)
                    + " WHERE hw_left AND hw_right AND d" + i);
        }
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(Differences.KIND, DataType.TEXT, false));
        left.columns().subList(0, keys).forEach(key -> fields.add(new Field(key.name(), DataType.TEXT, false)));
        List.of(Differences.COLUMN, Differences.LEFT, Differences.RIGHT)
                .forEach(name -> fields.add(new Field(name, DataType.TEXT)));
        Schema schema = new Schema(fields);
        return new Relation(
                "SELECT " + DuckSql.names(schema.names()) + " FROM (" + String.join(" UNION ALL ", selects)
                        + ") ORDER BY " + order() + ", hw_place",
                schema,
                List.of());
    }

    private String select(String kind, String place, String column, String a, String b, String table) {
        String names = IntStream.range(0, keys)
                .mapToObj(i ->
                        "k" + i + " AS " + DuckSql.name(left.columns().get(i).name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + kind + " AS " + Differences.KIND + ", " + names + ", CAST(" + column + " AS VARCHAR) AS "
                + Differences.COLUMN + ", CAST(" + a + " AS VARCHAR) AS " + Differences.LEFT + ", CAST(" + b
                + " AS VARCHAR) AS " + Differences.RIGHT + ", " + place + " AS hw_place FROM " + table;
    }

    /** Whole numbers in their own order. */
    private String order() {
        return left.columns().subList(0, keys).stream()
                .map(key -> key.form() instanceof Whole
                        ? "CAST(" + DuckSql.name(key.name()) + " AS HUGEINT)"
                        : DuckSql.name(key.name()))
                .collect(Collectors.joining(", "));
    }

    private String keyNames() {
        return IntStream.range(0, keys).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    }

    /** A text for each column after the key. */
    private String each(String between, IntFunction<String> text) {
        return IntStream.range(0, tolerances.size()).mapToObj(text).collect(Collectors.joining(between));
    }
}
