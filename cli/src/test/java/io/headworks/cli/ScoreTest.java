package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hw score}: what is counted, and what was. */
final class ScoreTest {
    @TempDir
    Path folder;

    private Map<?, ?> score(Shop shop) {
        List<?> scores =
                (List<?>) Objects.requireNonNull(shop.hw().json("score").get("scores"));
        assertThat(scores).hasSize(1);
        return (Map<?, ?>) scores.get(0);
    }

    @Test
    void theFormulaIsTheDocumentedOneAndTheTrendIsOfSevenDays() throws SQLException {
        Shop shop = new Shop(folder, "duckdb").pipeline("""
                        extract: {connection: landing, path: "*.csv", strategy: incremental}
                        load: {connection: warehouse, table: orders, strategy: append}
                        """).rows("1.csv", 1, 100);
        assertThat(shop.hw().run("score").out()).contains("no score: no check of any table");
        shop.run();
        shop.hw().write("checks/orders.yml", """
                checks:
                  table: orders
                  run:
                    - not_null: id
                    - range: {column: amount, max: 990, fail_above: 1%}
                    - range: {column: id, max: 80, severity: P2}
                    - range: {column: id, name: nothing to see, max: 1, where: "id < 0"}
                """);

        assertThat(shop.hw().run("check", "orders").exitCode()).isEqualTo(1);
        // (4 × 1 + 4 × 0.99 + 2 × 0.8 / 2) / 10
        assertThat(score(shop))
                .hasToString("{dataset=warehouse:orders, score=87.6, checks=3, dimensions={completeness=100.0,"
                        + " validity=79.3}, trend=null, history=[{day=" + today() + ", score=87.6, checks=3}]}");

        shifted(8);
        shop.hw().replace("checks/orders.yml", "max: 80", "max: 100");
        shop.hw().replace("checks/orders.yml", "- not_null: id", "- not_null: {column: id, name: another}");
        shop.hw().run("check", "orders");

        Map<?, ?> now = score(shop);
        // a check that was there under another name is none any more
        assertThat(now.get("score")).hasToString("99.6");
        assertThat(now.get("trend")).hasToString("20.3");
        assertThat((List<?>) now.get("history")).hasSize(2);
    }

    private static java.time.LocalDate today() {
        return java.time.LocalDate.now(java.time.ZoneOffset.UTC);
    }

    /** Moves all results back in time. */
    private void shifted(int days) throws SQLException {
        try (Connection state = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(".headworks/state.db"));
                Statement statement = state.createStatement()) {
            statement.executeUpdate("update check_result set checked_at ="
                    + " strftime('%Y-%m-%dT%H:%M:%SZ', checked_at, '-" + days + " days')");
        }
    }
}
