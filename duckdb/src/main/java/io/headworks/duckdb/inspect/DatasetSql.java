package io.headworks.duckdb.inspect;

import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Relation;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A user's SELECT with the datasets it names put in their place. Nothing is created in the engine, so it works in every
 * transaction.
 */
public final class DatasetSql {

    private DatasetSql() {}

    /**
     * The SELECT with each table name replaced by the rows bound to it; {@code {{ … }}} must be filled in already.
     *
     * @throws HeadworksException of kind PROJECT when it cannot be read, is no SELECT, or names an unknown dataset
     */
    public static String resolve(SqlRunner sql, String select, Datasets datasets) {
        return replace(select, tables(sql, select), table -> rows(table, datasets));
    }

    /** The SELECT with each table name that has no catalog found in a catalog. */
    public static String inCatalog(SqlRunner sql, String select, String catalog) {
        return replace(
                select,
                tables(sql, select),
                table -> DuckSql.table(catalog, TableName.parse(table.written())) + " AS " + named(table));
    }

    /**
     * The SELECT with the catalog taken off each table of it.
     *
     * @param elsewhere hears of a table that is not in the catalog, and throws
     */
    public static String withoutCatalog(SqlRunner sql, String select, String catalog, Consumer<String> elsewhere) {
        return replace(select, tables(sql, select), table -> {
            if (!table.catalog().equals(catalog)) {
                elsewhere.accept(table.written());
            }
            return DuckSql.name(table.schema()) + "." + DuckSql.name(table.name()) + " AS " + named(table);
        });
    }

    private static List<TreeWalk.Table> tables(SqlRunner sql, String select) {
        ParsedSql parsed = SqlParser.parse(sql, List.of(new Text(select, Text.Kind.SELECT)))
                .get(0);
        Node statement = parsed.statement();
        if (statement == null) {
            throw unreadable(select, String.valueOf(parsed.error()), parsed.errorOffset());
        }
        TreeWalk walk = TreeWalk.over(statement);
        if (!walk.refused().isEmpty()) {
            throw unreadable(select, walk.refused().get(0) + " is not allowed here", -1);
        }
        walk.tables().stream().filter(table -> table.location() < 0).findFirst().ifPresent(table -> {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + table.written() + " in SQL of this form: write SELECT … FROM " + table.written());
        });
        return walk.tables();
    }

    private static HeadworksException unreadable(String select, String error, int offset) {
        String near = offset < 0 || offset >= select.length()
                ? ""
                : " at character " + (offset + 1) + ", near '"
                        + select.substring(offset, Math.min(select.length(), offset + 20)) + "'";
        return new HeadworksException(FailureKind.PROJECT, "Cannot read SQL: " + error + near);
    }

    private static String rows(TreeWalk.Table table, Datasets datasets) {
        Relation relation = datasets.findWritten(table.written())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read dataset " + table.written() + ": this run knows none of that name"));
        return "(SELECT " + DuckSql.names(relation.schema().names()) + " FROM (" + relation.sql() + "\n)) AS "
                + named(table);
    }

    private static String named(TreeWalk.Table table) {
        String columns = table.columnAliases().isEmpty() ? "" : "(" + DuckSql.names(table.columnAliases()) + ")";
        return DuckSql.name(alias(table)) + columns;
    }

    /** What the columns of its rows are qualified by. */
    static String alias(TreeWalk.Table table) {
        return table.alias().isEmpty() ? last(table.written()) : table.alias();
    }

    private static String last(String written) {
        return written.substring(written.lastIndexOf('.') + 1);
    }

    private static String replace(
            String select, List<TreeWalk.Table> tables, Function<TreeWalk.Table, String> replacement) {
        byte[] bytes = select.getBytes(StandardCharsets.UTF_8);
        List<TreeWalk.Table> inOrder = tables.stream()
                .sorted(Comparator.comparingInt(TreeWalk.Table::location))
                .toList();
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (TreeWalk.Table table : inOrder) {
            String rows = replacement.apply(table);
            out.append(new String(bytes, at, table.location() - at, StandardCharsets.UTF_8));
            out.append(rows);
            at = table.location() + table.length();
        }
        out.append(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8));
        return out.toString();
    }
}
