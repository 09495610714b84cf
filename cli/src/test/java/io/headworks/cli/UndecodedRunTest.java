package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TcpProxy;
import io.headworks.testkit.servers.TcpProxy.Fault;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From PostgreSQL to PostgreSQL with nothing to transform. */
final class UndecodedRunTest {
    private static final String PASSED = "passed (the source's rows go to the target undecoded)";
    private static final String CONTENT = "SELECT md5(string_agg(o::text, ',' ORDER BY o.id)) FROM (SELECT id, flag, n,"
            + " m, f, t, c, v, b, d, ts, tz, ti, iv, u, j, jb, a, bits FROM %s) AS o";

    @TempDir
    Path folder;

    private TestDatabase source;
    private TestDatabase target;
    private TcpProxy proxy;
    private Hw hw;

    @BeforeEach
    void project() {
        source = TestPostgres.shared().newDatabase();
        target = TestPostgres.shared().newDatabase();
        proxy = new TcpProxy(TestPostgres.shared().port());
        source.run(
                "CREATE TABLE orders (id bigint PRIMARY KEY, flag boolean, n numeric(12,2), m smallint, f double precision,"
                        + " t text, c character(5), v character varying(40), b bytea, d date, ts timestamp, tz timestamptz,"
                        + " ti time(3), iv interval, u uuid, j json, jb jsonb, a integer[], bits bit(3))",
                "INSERT INTO orders SELECT i, i % 2 = 0, i / 7.0, i % 1000, i / 3.0, CASE WHEN i % 5 > 0 THEN repeat('é', i % 50)"
                        + " END, 'c' || i % 9, 'v' || i, decode(md5(i::text), 'hex'), date '2000-01-01' + i, now(), now(),"
                        + " '10:00:00.123', make_interval(days => i), md5(i::text)::uuid, '{\"b\": 1,  \"a\": 2}', '{\"a\": 1}',"
                        + " ARRAY[i, NULL, 3], b'101' FROM generate_series(1, 20000) AS i");
        hw = new Hw(folder);
        hw.write("headworks.yml", """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  shop: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}",
                    read_timeout: 5s}
                  dw: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}"}
                """.formatted(
                        proxy.port(),
                        source.name(),
                        source.user(),
                        TestPostgres.shared().port(),
                        target.name(),
                        target.user()));
        hw.write("password", source.password());
        pipeline("truncate-reload", "");
    }

    @AfterEach
    void drop() {
        proxy.close();
        source.close();
        target.close();
    }

    private void pipeline(String strategy, String more) {
        hw.write("pipelines/orders.yml", """
                pipeline:
                  name: orders
                  extract: {connection: shop, table: orders}
                  load: {connection: dw, table: orders, strategy: %s}
                """.formatted(strategy) + more);
    }

    private String plan() {
        Hw.Result plan = hw.run("plan", "orders");
        assertThat(plan.exitCode()).as(plan.out() + plan.err()).isZero();
        return plan.out();
    }

    private Hw.Result run() {
        Hw.Result result = hw.run("run", "orders");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result;
    }

    private List<String> hashes() {
        return target.texts(
                "SELECT content_hash || ' ' || rows_inserted FROM headworks.ledger ORDER BY run_number DESC LIMIT 1");
    }

    private void assertSame() {
        assertThat(target.texts(String.format(CONTENT, "orders")))
                .isEqualTo(source.texts(String.format(CONTENT, "orders")));
    }

    /** A table of the user's, because one that we create has json for jsonb. */
    private void table() {
        target.run(
                "CREATE TABLE orders (_hw_run bigint, bits bit(3), id bigint, flag boolean, n numeric(12,2), m smallint,"
                        + " f double precision, t character varying, c character(5), v character varying(40), b bytea,"
                        + " d date, ts timestamp, tz timestamptz, ti time(3), iv interval, u uuid, j json, jb jsonb,"
                        + " a integer[], _hw_loaded_at timestamptz, twice bigint GENERATED ALWAYS AS (id * 2) STORED)");
    }

    @Test
    void theLedgerSaysTheSameAsForRowsThatWereDecoded() {
        table();
        pipeline("truncate-reload", "  quality_gates: {pre_load: [{not_null: id}]}\n");
        assertThat(plan()).contains("staged (");
        run();
        List<String> decoded = hashes();
        pipeline("truncate-reload", "");
        assertThat(plan()).contains(PASSED);
        run();
        assertThat(hashes()).isEqualTo(decoded);
        assertThat(target.texts(
                        "SELECT count(*) || ' ' || sum(twice) || ' ' || min(_hw_run) || ' ' || count(_hw_loaded_at)"
                                + " FROM orders"))
                .containsExactly("20000 400020000 2 20000");
        assertSame();
    }

    @Test
    void aNewTableWithTheSourcesKeysIsFilledOnceAndComparedLater() {
        source.run("ALTER TABLE orders ALTER jb TYPE json");
        pipeline("upsert", "");
        assertThat(plan()).contains(PASSED);
        run();
        assertSame();
        assertThat(target.texts("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"))
                .singleElement()
                .asString()
                .startsWith("CREATE UNIQUE INDEX");
        source.run("UPDATE orders SET n = 0 WHERE id = 7");
        assertThat(plan()).contains("staged (");
        run();
        assertSame();
    }

    @Test
    void whatOnlyPostgresqlHasIsKept() {
        table();
        source.run(
                "UPDATE orders SET d = 'infinity', ts = '-infinity', n = 'NaN', iv = '-3 mons 4 days -5:06' WHERE id = 3");
        run();
        assertSame();
    }

    @Test
    void checksOfTheTableLookBeforeTheCommit() {
        table();
        run();
        source.run("UPDATE orders SET m = -1 WHERE id = 5");
        pipeline("truncate-reload", "  quality_gates: {post_load: [{range: {column: m, min: 0}}]}\n");
        assertThat(plan()).contains(PASSED);
        Hw.Result stopped = hw.run("run", "orders");
        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(3);
        assertThat(target.texts("SELECT min(m) FROM orders")).containsExactly("0");
    }

    @Test
    void aTrialRunCountsTheRows() {
        table();
        Hw.Result trial = hw.run("run", "orders", "--dry-run");
        assertThat(trial.exitCode()).as(trial.out() + trial.err()).isZero();
        assertThat(trial.out() + trial.err()).contains("20,000");
        assertThat(target.texts("SELECT count(*) FROM orders")).containsExactly("0");
    }

    @Test
    void anEmptySourceIsNoReasonToEmptyTheTable() {
        table();
        run();
        source.run("DELETE FROM orders");
        assertThat(hw.run("run", "orders").exitCode()).isEqualTo(3);
        assertThat(target.texts("SELECT count(*) FROM orders")).containsExactly("20000");

        pipeline("truncate-reload, max_change: {deleted: 100%}", "");
        Hw.Result empty = hw.run("run", "orders");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.out() + empty.err()).contains("Cannot load an empty extract");
        assertThat(target.texts("SELECT count(*) FROM orders")).containsExactly("20000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders ALTER n TYPE numeric(14,2)",
                "ALTER TABLE orders ALTER m TYPE integer",
                "ALTER TABLE orders ALTER v TYPE text",
                "ALTER TABLE orders ALTER ti TYPE time(6)",
                "ALTER TABLE orders ALTER j TYPE jsonb"
            })
    void otherTypesAreDecoded(String change) {
        table();
        target.run(change);
        assertThat(plan()).contains("staged (");
        run();
        assertThat(target.texts("SELECT count(*) FROM orders")).containsExactly("20000");
    }

    /** The source says nothing more, and would be waited for an hour. */
    @Test
    @Timeout(120)
    void aRequestToStopEndsTheWaitForTheSource() {
        table();
        run();
        source.run("INSERT INTO orders (id) VALUES (20001)");
        hw.replace("headworks.yml", "read_timeout: 5s", "read_timeout: 1h");
        pipeline("truncate-reload", "  resources: {timeout: 10s}\n");
        assertThat(plan()).contains(PASSED);
        proxy.arm(Fault.STALL, 1_000_000);
        Hw.Result stopped = hw.run("run", "orders");
        assertThat(proxy.hasStruck()).isTrue();
        assertThat(stopped.exitCode()).as(stopped.out() + stopped.err()).isEqualTo(1);
        assertThat(stopped.out() + stopped.err()).contains("Cannot finish within resources.timeout (10 s)");
        assertThat(target.texts("SELECT count(*) FROM orders")).containsExactly("20000");
        proxy.arm(Fault.NONE, 0);
        pipeline("truncate-reload", "");
        run();
        assertSame();
    }

    @Test
    void aCutConnectionEndsRight() {
        table();
        pipeline("truncate-reload", "  error_handling: {max_retries: 0}\n");
        proxy.arm(Fault.NONE, 0);
        run();
        long all = proxy.sent();
        for (int i = 0; i < 5; i++) {
            source.run("UPDATE orders SET m = " + (i + 1) + " WHERE id = 1");
            proxy.arm(i % 2 == 0 ? Fault.RESET : Fault.CLOSE, all * (i + 5) / 10);
            Hw.Result cut = hw.run("run", "orders");
            assertThat(proxy.hasStruck()).isTrue();
            assertThat(cut.exitCode()).as(cut.out() + cut.err()).isEqualTo(5);
            assertThat(target.texts("SELECT count(*) FROM orders")).containsExactly("20000");
            run();
            assertSame();
        }
    }
}
