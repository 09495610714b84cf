package io.headworks.connector.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.engine.Relation;
import io.headworks.api.ledger.Fence;
import io.headworks.api.load.Load;
import io.headworks.api.load.LoadCounts;
import io.headworks.api.load.Strategy;
import io.headworks.api.target.LoadTransaction;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loader here may not make temporary tables: what it loads has gone straight into the table. */
final class FirstLoadTest {
    private static final String ROWS = "SELECT range AS id, 'name ' || range AS name FROM range(3000)";
    private static final String NEEDS_TEMPORARY = "permission denied to create temporary tables";

    @TempDir
    Path folder;

    private TestDatabase database;
    private PostgresLab lab;

    @BeforeEach
    void open() throws IOException {
        database = TestPostgres.shared().newDatabase();
        String user = "loader_" + database.name();
        database.run(
                "REVOKE TEMPORARY ON DATABASE " + database.name() + " FROM PUBLIC",
                "CREATE ROLE " + user + " LOGIN PASSWORD 'x'",
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + user,
                "GRANT CREATE ON SCHEMA public TO " + user);
        lab = new PostgresLab(
                PostgresLab.settings(database.host(), database.port(), database, user, "x", folder), folder, true);
    }

    @AfterEach
    void close() {
        lab.close();
        database.run("DROP OWNED BY loader_" + database.name(), "DROP ROLE loader_" + database.name());
        database.close();
    }

    private String stored() {
        return database.texts("SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || count(_hw_run) FROM orders")
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"APPEND", "UPSERT", "MERGE", "SOFT_DELETE", "TRUNCATE_RELOAD"})
    void aNewTableIsWrittenOnce(Strategy strategy) {
        LoadCounts counts = lab.run(1, strategy, List.of("id"), ROWS);

        assertThat(counts.inserted()).isEqualTo(3000);
        assertThat(counts.lawHolds()).isTrue();
        assertThat(stored()).isEqualTo("3000 3000 3000");
        List<String> unique = database.texts(
                "SELECT indexdef FROM pg_indexes WHERE tablename = 'orders' AND indexdef LIKE 'CREATE UNIQUE%(id)'");
        assertThat(unique).hasSize(strategy == Strategy.TRUNCATE_RELOAD ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"APPEND", "SOFT_DELETE", "TRUNCATE_RELOAD"})
    void whatIsTheSameInAllRowsOfANewTableIsStoredOnce(Strategy strategy) {
        lab.run(
                1,
                strategy,
                strategy == Strategy.SOFT_DELETE ? List.of("id") : List.of(),
                "SELECT range AS id FROM range(10)");

        List<String> stored = database.texts(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass AND atthasmissing ORDER BY attnum");
        assertThat(stored)
                .isEqualTo(
                        strategy == Strategy.SOFT_DELETE
                                ? List.of("is_deleted", "_hw_run", "_hw_loaded_at")
                                : List.of("_hw_run", "_hw_loaded_at"));
        assertThat(database.texts("SELECT DISTINCT _hw_run || ' ' || _hw_loaded_at FROM orders"))
                .isEqualTo(database.texts("SELECT '1 ' || timestamptz '2026-01-01Z'"));
        assertThat(database.texts(
                        "SELECT column_default FROM information_schema.columns WHERE column_default IS NOT NULL"
                                + " AND table_name = 'orders'"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMENT ON COLUMN orders._hw_run IS 'kept'",
                "CREATE INDEX ON orders (id)",
                "CREATE VIEW kept AS SELECT * FROM orders",
                "GRANT SELECT ON orders TO PUBLIC"
            })
    void whatAUserDidToANewTableStays(String statement) {
        Relation batch = lab.batch(ROWS);
        Load load = lab.load(Strategy.APPEND, List.of(), null);
        Fence fence = lab.fence(1);
        try (LoadTransaction transaction = lab.target.begin(fence, PostgresLab.ORDERS)) {
            transaction.change(lab.changes(load, batch));
            transaction.execute(statement);
            LoadCounts counts = lab.apply(transaction, 1, load, batch, null);
            transaction.record(PostgresLab.row(1, fence, counts));
            transaction.commit();
        }

        assertThat(stored()).isEqualTo("3000 3000 3000");
        assertThat(database.texts("SELECT obj FROM (SELECT 'c' || col_description('orders'::regclass, attnum) FROM"
                        + " pg_attribute WHERE attrelid = 'orders'::regclass UNION ALL SELECT indexdef FROM pg_indexes WHERE"
                        + " tablename = 'orders' UNION ALL SELECT viewname FROM pg_views WHERE viewname = 'kept' UNION ALL"
                        + " SELECT grantee FROM information_schema.role_table_grants WHERE table_name = 'orders' AND"
                        + " grantee = 'PUBLIC') AS o (obj) WHERE obj IS NOT NULL"))
                .hasSize(1);
    }

    @Test
    void theRowsAreTheSameAsThroughATemporaryTable() throws IOException {
        LoadCounts straight = lab.run(1, Strategy.SOFT_DELETE, List.of("id"), ROWS);
        try (TestDatabase other = TestPostgres.shared().newDatabase();
                PostgresLab owner = PostgresLab.of(other, folder.resolve("other"))) {
            LoadCounts repeated = owner.run(
                    1, Strategy.SOFT_DELETE, List.of("id"), ROWS + " UNION ALL FROM (" + ROWS + ") LIMIT 3001");
            assertThat(repeated.stale()).isEqualTo(1);
            assertThat(straight.contentHash()).isEqualTo(repeated.contentHash());
            String rows = "SELECT md5(string_agg(concat(o), ',' ORDER BY id)) FROM orders AS o";
            assertThat(database.texts(rows)).isEqualTo(other.texts(rows));
        }
    }

    @Test
    void anEmptyTableOfTheUsersIsWrittenOnceAndOneWithRowsIsCompared() {
        database.run(
                "CREATE TABLE orders (id bigint, name text, _hw_run bigint, _hw_loaded_at timestamptz)",
                "GRANT ALL ON orders TO loader_" + database.name());
        assertThat(lab.run(1, Strategy.UPSERT, List.of("id"), ROWS).inserted()).isEqualTo(3000);
        assertThatThrownBy(() -> lab.run(2, Strategy.UPSERT, List.of("id"), ROWS))
                .hasMessageContaining(NEEDS_TEMPORARY);
        assertThat(stored()).isEqualTo("3000 3000 3000");
    }

    @Test
    void reloadingByKeysNeedsNoComparison() {
        lab.run(1, Strategy.TRUNCATE_RELOAD, List.of("id"), ROWS);
        LoadCounts second = lab.run(2, Strategy.TRUNCATE_RELOAD, List.of("id"), ROWS + " LIMIT 10");
        assertThat(second.deleted()).isEqualTo(3000);
        assertThat(stored()).isEqualTo("10 10 10");
    }

    @ParameterizedTest
    @EnumSource(names = {"APPEND", "UPSERT", "TRUNCATE_RELOAD"})
    void whatIsNotProvenUniqueTakesTheWayThatFindsOut(Strategy strategy) {
        for (String select : List.of(
                ROWS + " UNION ALL SELECT 5, 'again'",
                ROWS + " UNION ALL SELECT NULL, 'nothing'",
                "SELECT range::DOUBLE AS id, 'name' AS name FROM range(10)")) {
            assertThatThrownBy(() -> lab.run(1, strategy, List.of("id"), select))
                    .as(select)
                    .hasMessageContaining(NEEDS_TEMPORARY);
        }
    }

    @Test
    void aColumnThatTakesDifferentTextsForEqualIsNotTrustedToTheEngine() {
        database.run(
                "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "CREATE TABLE orders (id text COLLATE folded, _hw_run bigint, _hw_loaded_at timestamptz)",
                "GRANT ALL ON orders TO loader_" + database.name());
        assertThatThrownBy(() -> lab.run(1, Strategy.UPSERT, List.of("id"), "SELECT unnest(['a', 'A']) AS id"))
                .hasMessageContaining(NEEDS_TEMPORARY);
    }
}
