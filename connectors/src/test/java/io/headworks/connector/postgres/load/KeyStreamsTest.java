package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.engine.Relation;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a table, for the comparison that finds deleted rows. */
final class KeyStreamsTest {
    private static final int ROWS = 5000;

    @TempDir
    Path folder;

    private TestDatabase database;
    private PostgresLab lab;

    @BeforeEach
    void open() throws IOException {
        database = TestPostgres.shared().newDatabase();
        lab = PostgresLab.of(database, folder);
        // two rows to a page: enough pages for several sessions
        database.run(
                "CREATE TABLE orders (\"Id\" numeric(20,3) NOT NULL, region text COLLATE \"C\", \"is deleted\" boolean,"
                        + " filler text) WITH (fillfactor = 10)",
                "INSERT INTO orders SELECT i, 'r' || i % 7, CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END,"
                        + " repeat('x', 400) FROM generate_series(1, " + ROWS + ") AS i");
    }

    @AfterEach
    void close() {
        lab.close();
        database.close();
    }

    private Relation keys(String mark) {
        return lab.target.keys(PostgresLab.ORDERS, List.of("Id", "region"), mark);
    }

    private Relation among(String condition) {
        return lab.batch("SELECT CAST(i AS DECIMAL(20,3)) AS id, 'r' || i % 7 AS region FROM range(1, " + (ROWS + 1)
                + ") AS t(i) WHERE " + condition);
    }

    @Test
    void areReadByAllSessionsOnceAndCounted() {
        Relation there = keys(null);
        Relation gone = lab.session.absent(there, among("i NOT IN (1, 2500, " + ROWS + ")"));

        assertThat(lab.session.count(gone)).isEqualTo(3);
        assertThat(lab.session.count(there)).isEqualTo(ROWS);
    }

    @Test
    void leaveOutRowsThatAreMarkedAsDeleted() {
        Relation there = keys("IS deleted");
        Relation gone = lab.session.absent(there, among("i > 30"));

        assertThat(lab.session.count(gone)).isEqualTo(20);
        assertThat(lab.session.count(there)).isEqualTo(ROWS - ROWS / 3);
    }

    @Test
    void ofATableWithoutRowsAreNone() {
        database.run("TRUNCATE orders");
        Relation there = keys(null);

        assertThat(lab.session.count(lab.session.absent(there, among("true")))).isZero();
        assertThat(lab.session.count(there)).isZero();
    }

    /** Whoever holds a snapshot of the table would keep the load from exchanging it. */
    @Test
    void areGivenUpBeforeTheLoadBegins() {
        lab.session.count(lab.session.absent(keys(null), among("true")));
        assertThat(locks()).isPositive();

        lab.fence(1);

        assertThat(locks()).isZero();
    }

    private long locks() {
        return Long.parseLong(database.texts(
                        "SELECT count(*)::text FROM pg_locks WHERE relation = 'orders'::regclass AND pid <> pg_backend_pid()")
                .get(0));
    }
}
