package io.headworks.duckdb.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.SelectReader;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.lineage.SelectTree;
import io.headworks.api.lineage.TableColumns;
import io.headworks.api.lineage.Trace;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Lineage against the suite, whose expectations were written by hand. */
class LineageSuiteTest {
    private static final List<String> TABLES = List.of(
            "orders(id int, customer_id int, amount double, status text, placed_at timestamp,"
                    + " items struct(sku text, qty int)[])",
            "customers(id int, name text, segment text, country text, address struct(city text, zip text))",
            "payments(id int, order_id int, amount double, paid_at timestamp)",
            "prices(sku text, valid_from timestamp, price double)",
            "t(a int, b int, c int, d int)",
            "u(a int, e int, f int)",
            "months(store text, jan double, feb double, mar double)",
            "sales(store text, month text, year int, amount double)",
            "events(id int, user_id int, moment timestamp, kind text, payload json)",
            "tree(id int, parent_id int, name text)",
            "\"Mixed\"(\"Id\" int, \"Full Name\" text)",
            "tags(id int, labels text[])");

    private static final double LEAST = 0.98;

    /** How well one kind of queries does: pairs of an output and an input, each with its use. */
    private static final class Score {
        private int queries;
        private int right;
        private int invented;
        private int missed;

        void add(Score other) {
            queries += other.queries;
            right += other.right;
            invented += other.invented;
            missed += other.missed;
        }

        double precision() {
            return right + invented == 0 ? 1 : (double) right / (right + invented);
        }

        double recall() {
            return right + missed == 0 ? 1 : (double) right / (right + missed);
        }

        String line(String kind) {
            return String.format(
                    Locale.ROOT,
                    "%-20s %4d queries %5d uses  precision %6.2f %%  recall %6.2f %%",
                    kind,
                    queries,
                    right + missed,
                    100 * precision(),
                    100 * recall());
        }
    }

    static TableColumns tables() throws SQLException {
        Map<String, List<String>> known = new HashMap<>();
        try (Connection engine = engine();
                Statement statement = engine.createStatement();
                ResultSet rows = statement.executeQuery("select table_name, list(column_name order by column_index)"
                        + " from duckdb_columns() where not internal group by table_name")) {
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (Object column : (Object[]) rows.getArray(2).getArray()) {
                    columns.add(String.valueOf(column));
                }
                known.put(rows.getString(1).toLowerCase(Locale.ROOT), columns);
            }
        }
        return table -> Optional.ofNullable(known.get(table.toLowerCase(Locale.ROOT)));
    }

    static Connection engine() throws SQLException {
        Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = engine.createStatement()) {
            for (String table : TABLES) {
                statement.execute("create table " + table);
            }
        }
        return engine;
    }

    private static List<SelectTree> trees(List<Example> examples) {
        try (SelectReader reader = new DuckDbEngineFactory().selects()) {
            return reader.read(examples.stream()
                    .map(example -> new Text(example.sql(), Text.Kind.SELECT))
                    .toList());
        }
    }

    @Test
    void precisionAndRecallOfTheSuite() throws SQLException {
        List<Example> examples = Example.all();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(120);
        List<SelectTree> trees = trees(examples);
        TableColumns tables = tables();
        Map<String, Score> scores = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            Score score = scores.computeIfAbsent(example.kind(), kind -> new Score());
            Trace trace = trees.get(i).trace(tables);
            score.queries++;
            if (trace instanceof Trace.Unknown unknown) {
                refused.add(example.sql() + "\n      " + unknown.why());
            }
            compare(example, trace, score, wrong);
        }
        Score total = new Score();
        scores.values().forEach(total::add);
        scores.forEach((kind, score) -> System.out.println(score.line(kind)));
        System.out.println(total.line("all"));
        System.out.println("refused: " + refused.size());
        refused.forEach(each -> System.out.println("    " + each));
        wrong.forEach(System.out::println);
        assertThat(total.precision()).as("precision: %s", wrong).isGreaterThanOrEqualTo(LEAST);
        assertThat(total.recall()).as("recall: %s", wrong).isGreaterThanOrEqualTo(LEAST);
        assertThat(wrong).as("each of them").isEmpty();
    }

    private static void compare(Example example, Trace trace, Score score, List<String> wrong) {
        String reason = example.refused();
        if (trace instanceof Trace.Unknown unknown) {
            if (reason == null || !unknown.why().contains(reason)) {
                wrong.add(example.sql() + "\n   refused: " + unknown.why());
                example.uses().values().forEach(uses -> score.missed += uses.size());
            }
            return;
        }
        Map<String, Set<String>> said = Example.said((Trace.Rows) trace);
        if (reason != null) {
            wrong.add(example.sql() + "\n   not refused: " + said);
            said.values().forEach(uses -> score.invented += uses.size());
            return;
        }
        List<String> names = said.keySet().stream()
                .filter(name -> !name.equals(Example.ROWS))
                .toList();
        if (!names.equals(example.columns())) {
            wrong.add(example.sql() + "\n   columns " + names + " instead of " + example.columns());
        }
        Set<String> outputs = new TreeSet<>(said.keySet());
        outputs.addAll(example.uses().keySet());
        for (String output : outputs) {
            Set<String> expected = example.uses().getOrDefault(output, Set.of());
            Set<String> found = said.getOrDefault(output, Set.of());
            score.right += (int) found.stream().filter(expected::contains).count();
            score.invented +=
                    (int) found.stream().filter(use -> !expected.contains(use)).count();
            score.missed +=
                    (int) expected.stream().filter(use -> !found.contains(use)).count();
            if (!found.equals(expected)) {
                wrong.add(example.sql() + "\n   " + output + ": " + found + " instead of " + expected);
            }
        }
    }

    /** The engine itself says which columns come out, and that the queries of the suite are queries. */
    @Test
    void columnsAreCalledAsTheEngineCallsThem() throws SQLException {
        try (Connection engine = engine()) {
            for (Example example : Example.all()) {
                boolean standsAlone = example.refused() == null
                        && !example.sql().contains("{{")
                        && !example.kind().equals("unknown tables");
                if (standsAlone) {
                    assertThat(described(engine, example.sql()))
                            .as(example.sql())
                            .isEqualTo(example.columns());
                }
            }
        }
    }

    @Test
    void functionsThatAggregateAreThoseOfTheEngine() throws SQLException {
        List<String> own = new ArrayList<>();
        try (Connection engine = engine();
                Statement statement = engine.createStatement();
                ResultSet rows = statement.executeQuery("select distinct function_name from duckdb_functions()"
                        + " where function_type = 'aggregate' order by 1")) {
            while (rows.next()) {
                own.add(rows.getString(1));
            }
        }
        assertThat(Aggregates.NAMES).containsAll(own);
    }

    private static List<String> described(Connection engine, String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = engine.createStatement();
                ResultSet rows = statement.executeQuery("describe " + sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
