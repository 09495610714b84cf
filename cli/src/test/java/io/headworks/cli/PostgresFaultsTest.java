package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TcpProxy;
import io.headworks.testkit.servers.TcpProxy.Fault;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that goes away while it is read: the run ends right by itself, or says why, and the next one is right. */
final class PostgresFaultsTest {
    private static final int ROWS = 20_000;
    private static final String RIGHT = "[" + ROWS + "," + ROWS + "]";

    @TempDir
    Path folder;

    private TestPostgres server;
    private TestDatabase database;
    private TcpProxy proxy;
    private Hw hw;

    @BeforeEach
    void project() throws Exception {
        server = TestPostgres.shared();
        open();
    }

    private void open() throws Exception {
        database = server.newDatabase();
        // several streams: every part of the table is longer than what is read at once
        database.run("CREATE TABLE orders AS SELECT i AS id, repeat(md5(i::text), 40) AS t, now() AS at"
                + " FROM generate_series(1, " + ROWS + ") AS i");
        proxy = new TcpProxy(server.port());
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  shop:
                    {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}",
                     read_timeout: 2s, connect_timeout: 5s}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """.formatted(proxy.port(), database.name(), database.user()));
        hw.write("password", database.password());
        pipeline("  error_handling: {max_retries: 0}\n");
    }

    private void pipeline(String more) {
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract: {connection: shop, table: orders}
                  load: {connection: warehouse, table: orders, strategy: truncate-reload}
                """ + more);
    }

    @AfterEach
    void close() {
        proxy.close();
        database.close();
    }

    private String loaded() {
        return hw.rows("SELECT count(*), count(DISTINCT id) FROM orders").get(0);
    }

    private long bytesOfARun() {
        proxy.arm(Fault.NONE, 0);
        assertThat(hw.run("run", "orders").exitCode()).isZero();
        return proxy.sent();
    }

    private void cutAt(long offset, Fault fault) {
        String mark = "offset " + offset;
        database.run("UPDATE orders SET t = '" + mark + "' WHERE id IN (1, " + ROWS + ")");
        proxy.arm(fault, offset);
        Hw.Result cut = hw.run("run", "orders");
        assertThat(proxy.hasStruck()).as("offset " + offset).isTrue();
        if (cut.exitCode() != 0) {
            assertThat(cut.exitCode()).as(cut.out() + cut.err()).isEqualTo(5);
            assertThat(cut.out() + cut.err()).contains("127.0.0.1:" + proxy.port());
            Hw.Result again = hw.run("run", "orders");
            assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        }
        assertThat(loaded()).as(fault + " at " + offset).isEqualTo(RIGHT);
        assertThat(hw.rows("SELECT count(*) FROM orders WHERE t = '" + mark + "'"))
                .containsExactly("[2]");
    }

    @Test
    void aConnectionCutAnywhereEndsRight() {
        long all = bytesOfARun();
        for (int i = 0; i < 6; i++) {
            cutAt(all * (2 * i + 1) / 12, i % 2 == 0 ? Fault.RESET : Fault.CLOSE);
        }
    }

    @Test
    @Tag("slow")
    void aConnectionCutAtFiftyOffsetsEndsRight() {
        long all = bytesOfARun();
        for (int i = 0; i < 50; i++) {
            // the first bytes are the log-in and the catalogue, the others the rows
            long offset = i < 20 ? 40L * i * i : all * (i - 20) / 31 + 7;
            cutAt(offset, i % 2 == 0 ? Fault.RESET : Fault.CLOSE);
        }
    }

    @Test
    void aRunTriesAgainByItself() {
        pipeline("  error_handling: {strategy: retry, max_retries: 2, retry_delay_seconds: 0}\n");
        long all = bytesOfARun();
        proxy.arm(Fault.RESET, all / 2);
        Hw.Result result = hw.run("run", "orders");
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(loaded()).isEqualTo(RIGHT);
    }

    @Test
    void sessionsThatFallSilentAreOpenedAgainInTheSameSnapshot() {
        long all = bytesOfARun();
        proxy.arm(Fault.STALL, all / 2);
        Hw.Result stalled = hw.run("run", "orders");
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(stalled.exitCode()).as(stalled.out() + stalled.err()).isZero();
        assertThat(loaded()).isEqualTo(RIGHT);
    }

    @Test
    void aServerThatRestartsMeanwhileIsReadAgain() throws Exception {
        close();
        try (TestPostgres own = TestPostgres.start()) {
            server = own;
            open();
            long all = bytesOfARun();
            proxy.arm(Fault.STALL, all / 2);
            Thread crash = new Thread(() -> {
                while (!proxy.hasStruck()) {
                    Thread.onSpinWait();
                }
                own.stop();
                own.restart();
            });
            crash.start();
            Hw.Result result = hw.run("run", "orders");
            crash.join();
            assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(5);
            proxy.arm(Fault.NONE, 0);
            assertThat(hw.run("run", "orders").exitCode()).isZero();
            assertThat(loaded()).isEqualTo(RIGHT);
            close();
        }
        project();
    }
}
