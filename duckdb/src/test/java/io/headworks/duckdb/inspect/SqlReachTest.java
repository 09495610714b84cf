package io.headworks.duckdb.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.SqlInspector;
import io.headworks.api.engine.SqlInspector.Input;
import io.headworks.api.engine.SqlInspector.Reach;
import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlReachTest {
    private final SqlInspector inspector = new DuckDbEngineFactory().inspector();

    @AfterEach
    void close() {
        inspector.close();
    }

    private Reach reach(String sql) {
        SqlInspector.Finding finding =
                inspector.inspect(List.of(new Text(sql, Text.Kind.SELECT))).get(0);
        assertThat(finding.error()).isNull();
        return finding.reach();
    }

    /** Each line: tables as {@code written=name}, and a SELECT that reads them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders=o items=items | select * from orders o join items using (id)",
                "orders=orders | from orders",
                "marts.orders=orders | from marts.orders select id where id > 1",
                "orders=orders | select (select max(id) from orders) as m",
                "a=a b=b c=c | select id from a union all select id from b except select id from c",
                "a=a b=b | select id from a union by name select id from b",
                "trades=t prices=p | select * from trades t asof join prices p on t.at >= p.at",
                "orders=x | with o as (select * from orders x), p as (select * from o) select * from p",
                "Orders=orders | select * from \"Orders\" as orders",
                "shop:public.orders=orders | select * from \"shop:public.orders\"",
                "orders=orders | select * from orders where exists (with orders as (select 1 as i) select * from orders)",
                "a=a b=b | select * from a, lateral (select * from b where b.id = a.id) as l",
                "a=a | select * from (pivot a on month in (1, 2) using sum(amount))",
                "a=a | select * from (unpivot a on jan, feb into name month value amount)",
                "a=a | select * from a positional join (values (1), (2)) as v(i)",
                "a=a b=b | select * from a semi join b using (id)",
                "a=a | with recursive r as (select id from a union all select id + 1 from r where id < 9) from r",
                "a=s | select unnest(s.items) from a s qualify row_number() over (partition by id) = 1",
            })
    void findsEachUseOfATable(String expected, String sql) {
        assertThat(reach(sql).inputs())
                .extracting(input -> input.table() + "=" + input.name())
                .containsExactlyInAnyOrder(expected.split(" (?=\\S+=)"));
    }

    @Test
    void keepsTheNameThatColumnsAreQualifiedBy() {
        assertThat(reach("select o.id from orders o join orders as other on other.id = o.id")
                        .inputs())
                .containsExactly(new Input("orders", "o"), new Input("orders", "other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('a.csv')",
                "select * from a where id in (select id from parquet_scan('b.parquet'))",
                "select getenv('HOME') as home",
                "select * from glob('*')",
                "select * from query('select 1')",
            })
    void tellsWhatReachesPastDatasets(String sql) {
        assertThat(reach(sql).beyond()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select now() as n",
                "select current_date as d",
                "select current_timestamp as d",
                "select * from a where day > today()",
                "select random() as r",
                "select gen_random_uuid() as u from a",
                "select * from a using sample 10",
                "select * from a tablesample 10%",
            })
    void tellsWhatMayGiveOtherRows(String sql) {
        assertThat(reach(sql).changing()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select today, now, uuid from a",
                "select * from a where day > timestamp '2024-01-01'",
                "select max(day) from a group by all order by all limit 3",
                "select * from range(10)",
            })
    void isQuietWhereTheRowsAreDecided(String sql) {
        assertThat(reach(sql).changing()).isEmpty();
    }

    /** A release of the engine with another such function is seen here. */
    @Test
    void knowsEveryFunctionThatTheEngineMarksAsChanging() throws SQLException {
        Set<String> changing = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT function_name FROM duckdb_functions()"
                        + " WHERE stability <> 'CONSISTENT' AND function_type IN ('scalar', 'macro', 'table_macro')")) {
            while (rows.next()) {
                changing.add(rows.getString(1));
            }
        }
        changing.removeIf(SqlReach::isBeyond);
        // gives no row at all
        changing.remove("error");

        assertThat(changing).isSubsetOf(new TreeSet<>(SqlReach.CHANGING));
    }
}
