package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostgresRunTest extends DocumentedRunContract {
    @Override
    TestDatabase newDatabase() {
        return TestPostgres.shared().newDatabase();
    }

    @Override
    Example example() {
        return new Example(
                "postgresql.md",
                "postgresql",
                List.of(
                        "CREATE TABLE orders (id bigint PRIMARY KEY, status text, amount numeric(12,2), updated_at timestamptz)",
                        "INSERT INTO orders SELECT i, CASE WHEN i % 10 = 0 THEN 'draft' ELSE 'paid' END, i / 4.0,"
                                + " now() - interval '1 day' + i * interval '1 second' FROM generate_series(1, 5000) AS i"),
                "now()",
                "",
                "password authentication failed for user");
    }

    private void whole(String more) {
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract: {connection: shop_db, table: orders}
                  load: {connection: warehouse, table: orders, strategy: truncate-reload}
                """ + more);
    }

    @Test
    void oneStatementReadsAndWritesAWholeTable() {
        whole("  transform: {stages: [{name: clean, operations: [{rename: {amount: total}}]}]}\n");
        database.run(
                "CREATE TABLE more AS SELECT i + 10000 AS id, repeat('x', 300) AS status, i AS amount,"
                        + " now() AS updated_at FROM generate_series(1, 100000) AS i",
                "INSERT INTO orders SELECT * FROM more");
        Hw.Result plan = hw.run("plan", "orders");
        assertThat(plan.out() + plan.err()).contains("one statement reads, transforms and writes");
        run();
        assertThat(hw.rows("SELECT count(*), sum(total), count(DISTINCT id) FROM orders"))
                .containsExactly("[105000,5003175625.00,105000]");
    }

    @Test
    void aRowThatDoesNotFitStopsItOrGoesToTheDeadLetter() {
        database.run("INSERT INTO orders VALUES (777777, 'odd', 'NaN', now())");
        whole("");
        Hw.Result stopped = hw.run("run", "orders");
        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(1);
        assertThat(stopped.out() + stopped.err())
                .contains("Cannot read a row of orders: Cannot read amount as decimal(12,2): it is NaN (id=777777,");
        whole("  error_handling: {strategy: dead-letter}\n");
        run();
        assertThat(hw.rows("SELECT count(*) FROM orders")).containsExactly("[5000]");
        assertThat(hw.run("deadletter", "list", "orders").out()).contains("it is NaN");
    }

    @Test
    void aPreviewReadsNoMoreThanItShows() {
        database.run(
                "CREATE TABLE large AS SELECT i FROM generate_series(1, 49999) AS i",
                "CREATE VIEW trap AS SELECT i, CASE WHEN i = 49999 THEN pg_sleep(3600)::text END AS never FROM large");
        Hw.Result preview = hw.run("preview", "shop_db:trap");
        assertThat(preview.exitCode()).as(preview.err()).isZero();
    }
}
