package io.headworks.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.SqlInspector;
import io.headworks.api.engine.SqlInspector.Finding;
import io.headworks.api.engine.SqlInspector.Text;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DuckDbInspectorTest {
    private final SqlInspector inspector = new DuckDbEngineFactory().inspector();

    @AfterEach
    void close() {
        inspector.close();
    }

    private Finding select(String sql) {
        return inspector.inspect(List.of(new Text(sql, Text.Kind.SELECT))).get(0);
    }

    private Finding expression(String sql) {
        return inspector.inspect(List.of(new Text(sql, Text.Kind.EXPRESSION))).get(0);
    }

    @Nested
    class Tables {
        @Test
        void areThoseThatAreNoCteInScope() {
            Finding found = select("with a as (select * from b), b as (select * from marts.orders o join a using (id))"
                    + " select * from a, b, \"T x\" where exists (select 1 from B where 1 in (select x from c))");
            assertThat(found.error()).isNull();
            assertThat(found.tables()).containsExactly("b", "marts.orders", "T x", "c");
        }

        @Test
        void leaveOutARecursiveCteInItself() {
            assertThat(select("with recursive r as (select 1 n union all select n + 1 from r, seeds) select * from r")
                            .tables())
                    .containsExactly("seeds");
        }

        @Test
        void leaveOutPlaceholders() {
            assertThat(select("select * from {{ input }} i join dim d on d.k = i.k where i.at >= {{ from }}")
                            .tables())
                    .containsExactly("dim");
        }
    }

    @Nested
    class Names {
        @Test
        void ofColumnsAreTheLastPart() {
            Finding found = select(
                    "select o.id, sum(amount) from o join p using (key) where \"Odd Name\" > {{ var.x }} group by o.id");
            assertThat(found.columns()).containsExactlyInAnyOrder("id", "amount", "key", "Odd Name");
            assertThat(found.functions()).containsExactly("sum");
        }

        @Test
        void ofLambdaParametersAreNoColumns() {
            Finding found = expression("list_transform(tags, lambda t: upper(t) || suffix)");
            assertThat(found.error()).isNull();
            assertThat(found.columns()).containsExactlyInAnyOrder("tags", "suffix");
            assertThat(found.functions()).contains("list_transform", "upper");
        }

        @Test
        void ofFunctionsCoverWindowsTableFunctionsAndCount() {
            assertThat(select("select count(*), row_number() over (order by a), coalesce(a, 1) from read_csv('x')")
                            .functions())
                    .containsExactlyInAnyOrder("count", "row_number", "coalesce", "read_csv");
        }
    }

    @Nested
    class Errors {
        @Test
        void pointAtTheCharacterAlsoAfterOtherScripts() {
            String sql = "select 'żółć', {{ x }} from t wher a = 1 limit limit";
            Finding found = select(sql);
            assertThat(found.error()).contains("syntax error");
            assertThat(sql.substring(found.errorOffset())).startsWith("a = 1");
            assertThat(expression("é + ü + )").errorOffset()).isEqualTo(8);
        }

        @Test
        void refuseWhatIsNoSelect() {
            for (String sql : List.of(
                    "insert into t values (1)",
                    "drop table t",
                    "copy t to 'x'",
                    "attach 'x'",
                    "set a = 1",
                    "pragma x")) {
                assertThat(select(sql).error()).as(sql).isEqualTo("only SELECT is allowed here");
            }
            assertThat(select("describe t").error()).isEqualTo("DESCRIBE or SHOW is not allowed here");
            assertThat(select("select 1; select 2").error()).isEqualTo("only one statement is allowed here");
            assertThat(select("").error()).isEqualTo("a SELECT is missing");
            assertThat(select("select $1").error()).isEqualTo("a parameter is not allowed here");
        }

        @Test
        void refuseWhatIsMoreOrLessThanOneExpression() {
            assertThat(expression("").error()).isEqualTo("an expression is missing");
            assertThat(expression("a, b").error()).isEqualTo("only one expression is allowed here");
            assertThat(expression("*").error()).isEqualTo("only one expression is allowed here");
            for (String sql : List.of("a from t", "a where b", "a limit 1", "distinct a", "a union select b", "a;")) {
                assertThat(expression(sql).error()).as(sql).isEqualTo("only an expression is allowed here");
            }
            assertThat(expression("amount 10").error()).isNotNull();
            assertThat(expression("amount limits").error()).startsWith("an operator is missing before 'limits'");
        }

        @Test
        void ofOneTextLeaveTheOthersAlone() {
            List<Finding> found = inspector.inspect(List.of(
                    new Text("a +", Text.Kind.EXPRESSION),
                    new Text("b > 1", Text.Kind.EXPRESSION),
                    new Text("select '\0' from t", Text.Kind.SELECT)));
            assertThat(found.get(0).error()).isNotNull();
            assertThat(found.get(1).columns()).containsExactly("b");
            assertThat(found).hasSize(3);
        }
    }

    @Test
    void readsThousandsInOneCallInTheirOrder() {
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            texts.add(new Text("column_" + i + " > 10 and upper(name) like 'A%'", Text.Kind.EXPRESSION));
        }
        List<Finding> found = inspector.inspect(texts);
        assertThat(found).hasSize(5_000);
        for (int i = 0; i < 5_000; i++) {
            assertThat(found.get(i).columns()).containsExactly("column_" + i, "name");
        }
    }
}
