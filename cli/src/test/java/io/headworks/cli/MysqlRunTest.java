package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MysqlRunTest extends DocumentedRunContract {
    @Override
    TestDatabase newDatabase() {
        return TestMariaDb.shared().newDatabase();
    }

    @Override
    Example example() {
        return new Example(
                "mysql.md",
                "mysql",
                List.of(
                        "CREATE TABLE orders (id bigint PRIMARY KEY, status text, amount decimal(12,2), updated_at timestamp(6) NULL)",
                        "INSERT INTO orders SELECT seq, CASE WHEN seq % 10 = 0 THEN 'draft' ELSE 'paid' END, seq / 4.0,"
                                + " now(6) - interval 1 day + interval seq second FROM seq_1_to_5000"),
                "now(6)",
                ", updated_at = updated_at",
                "Access denied for user");
    }

    @Test
    void aZeroDateStopsItOrGoesToTheDeadLetter() {
        database.run("SET sql_mode = ''", "INSERT INTO orders VALUES (777777, 'odd', 1, '0000-00-00')");
        hw.replace("pipelines/orders.yml", "  load:", "  error_handling: {strategy: fail-fast}\n  load:");
        Hw.Result stopped = hw.run("run", "orders");
        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(1);
        assertThat(stopped.out() + stopped.err()).contains("it is a zero date");
        hw.replace("pipelines/orders.yml", "strategy: fail-fast", "strategy: dead-letter");
        run();
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[4500]");
        assertThat(hw.run("deadletter", "list", "orders").out()).contains("Cannot read '0000-00-00");
    }

    @Test
    void aTableOfTheServerIsFilledFromAnotherOfIt() {
        hw.replace("pipelines/orders.yml", "connection: warehouse, table: orders", "connection: shop_db, table: paid");
        run();
        List<String> first = database.texts("SELECT concat_ws(' ', count(*), sum(amount), max(_hw_run)) FROM paid");
        assertThat(first).containsExactly("4500 2812500.00 1");
        assertThat(database.texts("SELECT concat_ws(' ', rows_inserted, rows_updated) FROM hw_ledger"))
                .containsExactly("4500 0");

        database.run("UPDATE orders SET amount = -1, updated_at = now(6) WHERE id = 7");
        run();
        assertThat(database.texts("SELECT amount FROM paid WHERE id = 7")).containsExactly("-1.00");
        assertThat(database.texts("SELECT count(*) FROM paid")).containsExactly("4500");
        assertThat(database.texts("SELECT concat_ws(' ', rows_inserted, rows_updated) FROM hw_ledger"
                        + " ORDER BY run_number DESC LIMIT 1"))
                .containsExactly("0 1");
    }
}
