package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full extract deletes what it lacks, and a row that is rejected is not lacking. */
final class RejectedKeysTest {
    private static final String EXTRACT =
            "extract: {connection: landing, path: '*.csv', strategy: full, columns: {id: bigint, amount: bigint}}";
    private static final String LOAD = """
            load: {connection: warehouse, table: orders, strategy: STRATEGY, merge_keys: [id]}
            error_handling: {strategy: dead-letter, max_rejected: 90%}
            """;
    private static final String CHECK =
            "quality_gates: {pre_load: [{range: {column: amount, max: 1000, on_fail: reject, fail_above: 90%}}]}";

    @TempDir
    Path folder;

    private Shop loaded(String type, String strategy) {
        Shop shop = new Shop(folder, type)
                .pipeline(EXTRACT, LOAD.replace("STRATEGY", strategy), CHECK)
                .file("all.csv", "id,amount", "1,10", "2,20", "3,30");
        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return shop;
    }

    private static String run(Shop shop) {
        Hw.Result run = shop.run();
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run.out() + run.err();
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "sqlite", "parquet"})
    void whatTheTableHasOfARejectedKeyStays(String type) {
        Shop shop = loaded(type, "merge").file("all.csv", "id,amount", "1,10", "2,2000", "4,40");

        assertThat(run(shop)).contains("1 deleted", "1 rejected");
        assertThat(shop.hw().rows("select id, amount from orders order by id"))
                .containsExactly("[1,10]", "[2,20]", "[4,40]");

        shop.file("all.csv", "id,amount", "1,10", "4,40");
        run(shop);
        assertThat(shop.hw().rows("select id, amount from orders order by id")).containsExactly("[1,10]", "[4,40]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql"})
    void onAServerToo(String type) {
        try (TestDatabase database = type.equals("mysql")
                ? TestMariaDb.shared().newDatabase()
                : TestPostgres.shared().newDatabase()) {
            Shop shop = new Shop(folder, "duckdb").pipeline(EXTRACT, LOAD.replace("STRATEGY", "merge"), CHECK);
            shop.hw().write("password", database.password());
            shop.hw()
                    .replace(
                            "headworks.yml",
                            "{type: duckdb, path: warehouse.duckdb}",
                            "{type: %s, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\"}"
                                    .formatted(type, database.port(), database.name(), database.user()));
            run(shop.file("all.csv", "id,amount", "1,10", "2,20", "3,30"));

            assertThat(run(shop.file("all.csv", "id,amount", "1,10", "2,2000", "4,40")))
                    .contains("1 deleted", "1 rejected");

            assertThat(database.texts("select amount from orders order by id")).containsExactly("10", "20", "40");
        }
    }

    @Test
    void itIsNotMarkedEither() {
        Shop shop = loaded("duckdb", "soft-delete").file("all.csv", "id,amount", "1,10", "2,2000");

        run(shop);

        assertThat(shop.hw().rows("select id, amount, is_deleted from orders order by id"))
                .containsExactly("[1,10,false]", "[2,20,false]", "[3,30,true]");
        run(shop.file("all.csv", "id,amount", "1,11", "2,2000"));
        assertThat(shop.hw().rows("select id, amount, is_deleted from orders order by id"))
                .containsExactly("[1,11,false]", "[2,20,false]", "[3,30,true]");
    }

    @Test
    void itsVersionStaysOpen() {
        Shop shop = loaded("duckdb", "merge, scd: 2").file("all.csv", "id,amount", "1,10", "2,2000");

        run(shop);

        assertThat(shop.hw().rows("select id, amount, is_current from orders order by id"))
                .containsExactly("[1,10,true]", "[2,20,true]", "[3,30,false]");
    }

    /** Only the table knows that its key and that of the rejected row are the same. */
    @Test
    void norWhereTheTableTellsKeysApartItsOwnWay() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("warehouse.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id VARCHAR COLLATE NOCASE, amount BIGINT)");
        }
        Shop shop = new Shop(folder, "duckdb")
                .pipeline(EXTRACT.replace("id: bigint", "id: text"), LOAD.replace("STRATEGY", "merge"), CHECK)
                .file("all.csv", "id,amount", "a,10", "b,20", "c,30");
        run(shop);
        shop.file("all.csv", "id,amount", "A,11", "B,2000");

        assertThat(run(shop)).contains("nothing was deleted for being absent");
        assertThat(shop.hw().rows("select amount from orders order by amount")).containsExactly("[11]", "[20]", "[30]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "merge, scd: 2", "soft-delete"})
    void nothingIsDeletedWhereNobodyKnowsWhichKeyWasRejected(String strategy) {
        Shop shop = loaded("duckdb", strategy).file("all.csv", "id,amount", "1,11", "2,twenty");

        assertThat(run(shop))
                .contains("1 row was rejected, of which nobody knows the keys: nothing was deleted for being absent");

        String live =
                strategy.equals("merge") ? "true" : strategy.equals("soft-delete") ? "not is_deleted" : "is_current";
        assertThat(shop.hw().rows("select id, amount from orders where " + live + " order by id"))
                .containsExactly("[1,11]", "[2,20]", "[3,30]");
    }
}
