package io.headworks.duckdb.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.SelectReader;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.lineage.SourceColumn;
import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Lineage against data: when a column of an input gets other values, no output column changes that is said not to depend on
 * it. Nobody's understanding of a query has a part in this.
 */
class LineageByDataTest {
    private static final int ROWS = 8;

    private final long seed = Long.getLong("headworks.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void whatIsNotNamedHasNoPart() throws SQLException {
        System.out.println("LineageByDataTest: -Dheadworks.test.seed=" + seed);
        int compared = 0;
        int moved = 0;
        List<String> wrong = new ArrayList<>();
        try (Connection engine = LineageSuiteTest.engine();
                Statement statement = engine.createStatement();
                SelectReader reader = new DuckDbEngineFactory().selects()) {
            statement.execute("SET threads = 1");
            statement.execute("SET scalar_subquery_error_on_multiple_rows = false");
            List<Input> inputs = inputs(statement);
            for (Input input : inputs) {
                fill(statement, input);
            }
            TableColumns tables = LineageSuiteTest.tables();
            for (Example example : Example.all()) {
                if (!isRepeatable(example)) {
                    continue;
                }
                SelectTree tree = reader.read(List.of(new Text(example.sql(), Text.Kind.SELECT)))
                        .get(0);
                Trace.Rows trace = (Trace.Rows) tree.trace(tables);
                List<List<String>> before = columns(statement, example.sql());
                for (Input input : inputs) {
                    if (!Pattern.compile("\\b" + input.table() + "\\b")
                            .matcher(example.sql())
                            .find()) {
                        continue;
                    }
                    for (String column : input.columns()) {
                        set(statement, input, column, "other");
                        List<List<String>> after = columns(statement, example.sql());
                        set(statement, input, column, "kept");
                        Set<Integer> changed = changed(before, after);
                        compared += before.size();
                        moved += changed.size();
                        for (int i : changed) {
                            if (!dependsOn(trace, i, input.table(), column)) {
                                wrong.add(example.sql() + "\n   "
                                        + trace.columns().get(i).name() + " changes with " + input.table() + "."
                                        + column);
                            }
                        }
                    }
                }
            }
        }
        System.out.println(compared + " pairs of an output and an input, " + moved + " of them moved");
        assertThat(moved).as("outputs that changed at all").isGreaterThan(200);
        assertThat(wrong).as("seed %d", seed).isEmpty();
    }

    /** Over such data a recursion may never end, and keys of a map are NULL; the time of day changes by itself. */
    private static boolean isRepeatable(Example example) {
        return example.refused() == null
                && !example.kind().equals("unknown tables")
                && Stream.of("{{", "_hw_", "recursive", "map(", "now()").noneMatch(example.sql()::contains);
    }

    /** A table of the suite, and its columns with their types. */
    private record Input(String table, List<String> columns, List<String> types) {}

    private static List<Input> inputs(Statement statement) throws SQLException {
        List<Input> inputs = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("select table_name, column_name, data_type from duckdb_columns()"
                + " where not internal order by table_name, column_index")) {
            while (rows.next()) {
                String table = rows.getString(1);
                if (inputs.isEmpty() || !inputs.get(inputs.size() - 1).table().equals(table)) {
                    inputs.add(new Input(table, new ArrayList<>(), new ArrayList<>()));
                }
                inputs.get(inputs.size() - 1).columns().add(rows.getString(2));
                inputs.get(inputs.size() - 1).types().add(rows.getString(3));
            }
        }
        return inputs;
    }

    private void fill(Statement statement, Input input) throws SQLException {
        statement.execute("insert into " + named("", input) + " values " + rows(input));
        statement.execute("create table " + named("kept ", input) + " as from " + named("", input));
        statement.execute("create table " + named("other ", input) + " as from " + named("", input) + " limit 0");
        statement.execute("insert into " + named("other ", input) + " values " + rows(input));
    }

    private static String named(String prefix, Input input) {
        return '"' + prefix + input.table() + '"';
    }

    private String rows(Input input) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(input.types().stream().map(this::value).collect(Collectors.joining(", ", "(", ")")));
        }
        return String.join(", ", rows);
    }

    /** Few different values, so that rows meet. */
    private String value(String type) {
        int number = random.nextInt(4);
        if (type.startsWith("STRUCT") && type.endsWith("[]")) {
            return "[{'sku': '" + text() + "', 'qty': " + number + "}, {'sku': '" + text() + "', 'qty': 1}]";
        } else if (type.startsWith("STRUCT")) {
            return "{'city': '" + text() + "', 'zip': '" + number + "'}";
        } else if (type.endsWith("[]")) {
            return "['" + text() + "', '" + text() + "']";
        }
        return switch (type) {
            case "VARCHAR" -> "'" + text() + "'";
            case "TIMESTAMP" -> "timestamp '2024-0" + (number + 1) + "-01'";
            case "JSON" -> "'{\"user\": " + number + ", \"kind\": \"k" + random.nextInt(3) + "\"}'";
            default -> random.nextInt(6) == 0 ? "null" : String.valueOf(number);
        };
    }

    private String text() {
        List<String> texts = List.of("paid", "IT", "gold", "jan", "feb", "Ada");
        return texts.get(random.nextInt(texts.size()));
    }

    /** Gives a column the values that it has in the table kept so. */
    private static void set(Statement statement, Input input, String column, String kept) throws SQLException {
        statement.execute("update " + named("", input) + " as t set \"" + column + "\" = o.\"" + column + "\" from "
                + named(kept + " ", input) + " as o where o.rowid = t.rowid");
    }

    /** The values of each column, sorted: which rows they stand in is not looked at. */
    private static List<List<String>> columns(Statement statement, String sql) throws SQLException {
        List<List<String>> columns = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            int count = rows.getMetaData().getColumnCount();
            for (int i = 0; i < count; i++) {
                columns.add(new ArrayList<>());
            }
            while (rows.next()) {
                for (int i = 0; i < count; i++) {
                    columns.get(i).add(String.valueOf(rows.getObject(i + 1)));
                }
            }
        }
        columns.forEach(values -> values.sort(null));
        return columns;
    }

    private static Set<Integer> changed(List<List<String>> before, List<List<String>> after) {
        Set<Integer> changed = new HashSet<>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                changed.add(i);
            }
        }
        return changed;
    }

    private static boolean dependsOn(Trace.Rows trace, int output, String table, String column) {
        Set<SourceColumn> named = new HashSet<>(trace.rows().columns());
        named.addAll(trace.columns().get(output).from().columns());
        return named.stream()
                .anyMatch(source -> source.table().equalsIgnoreCase(table)
                        && source.column().equalsIgnoreCase(column));
    }
}
