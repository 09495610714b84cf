package io.headworks.duckdb.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.connection.Connection;
import io.headworks.api.dataset.TableName;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceState;
import io.headworks.api.source.SourceTable;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSourceTest {
    @TempDir
    Path folder;

    private Engine engine;
    private EngineSession session;

    @BeforeEach
    void open() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("data.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE SCHEMA shop; CREATE TABLE shop.orders (id BIGINT PRIMARY KEY, status TEXT, amount"
                            + " DECIMAL(18,3), updated_at TIMESTAMP); INSERT INTO shop.orders VALUES (1, 'paid', 1.500, '2024-01-01'),"
                            + " (2, 'draft', 2, '2024-01-02'), (3, 'paid', 3.125, '2024-01-03'), (4, 'paid', 4, NULL);"
                            + " CREATE VIEW shop.paid AS SELECT * FROM shop.orders WHERE status = 'paid'; CREATE TABLE plain AS SELECT 1 AS n");
        }
        engine = new DuckDbEngineFactory().open(Resources.UNSET, folder.resolve("temporary"));
        session = engine.session("run", Files.createDirectories(folder.resolve("run")), new Cancellation());
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private Source source(String file) {
        Connection connection = new Connection("shop_db", "duckdb", folder, Map.of("path", file), Map.of());
        return new DuckDbConnector().openSource(connection, session).orElseThrow();
    }

    private static Extract table(String name, @Nullable String where, ColumnChoice... columns) {
        return new Extract(new Extract.Reading.Table(TableName.parse(name)), List.of(columns), where, null, null);
    }

    private Staged stage(Source source, Extract extract, @Nullable KeyRange keys) {
        return session.stage("orders", source.rows(extract, source.observe(extract, null), keys, List.of()));
    }

    @Test
    void isObservedByItsCatalogue() {
        try (Source source = source("data.duckdb")) {
            SourceState state = source.observe(table("shop.orders", null), null);
            assertThat(state.schema().canonical())
                    .isEqualTo("id bigint not null\nstatus text\namount decimal(18,3)\nupdated_at timestamp");
            assertThat(state.rows()).isEqualTo(4);
            assertThat(state.primaryKey()).containsExactly("id");
            assertThat(source.tables()).extracting(TableName::toString).contains("shop.orders");
        }
    }

    @Test
    void listsAllTablesWithTheirColumnsInOrder() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("more.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA shop; CREATE TABLE shop.\"Größe\" (z INT, a INT); CREATE VIEW shop.seen AS"
                    + " SELECT a FROM shop.\"Größe\"; CREATE TABLE plain (n INT, updated_at TIMESTAMP);"
                    + " CREATE SCHEMA headworks; CREATE TABLE headworks.ledger (id INT)");
        }
        try (Source other = source("data.duckdb");
                Source source = source("more.duckdb")) {
            assertThat(other.tables()).isNotEmpty();
            assertThat(source.catalogue())
                    .containsExactly(
                            new SourceTable(TableName.parse("main.plain"), true, false, List.of("n", "updated_at")),
                            new SourceTable(TableName.parse("shop.Größe"), false, false, List.of("z", "a")),
                            new SourceTable(TableName.parse("shop.seen"), false, true, List.of("a")));
        }
    }

    @Test
    void readsColumnsConditionAndKeys() {
        try (Source source = source("data.duckdb")) {
            Extract extract = table(
                    "shop.orders",
                    "status <> 'draft'",
                    new ColumnChoice("id", null),
                    new ColumnChoice("updated_at", null));
            KeyRange keys = new KeyRange("updated_at", DataType.TIMESTAMP, "2024-01-02T00:00:00", null, true);
            Staged staged = stage(source, extract, keys);
            assertThat(staged.count()).isEqualTo(2);
            assertThat(session.max(staged.rows(), "id")).isEqualTo("4");
            assertThat(staged.rows().schema().names()).containsExactly("id", "updated_at");
        }
    }

    @Test
    void readsQueriesAndViewsOfTheFile() {
        try (Source source = source("data.duckdb")) {
            Extract query = new Extract(
                    new Extract.Reading.Query(
                            "with x as (select * from shop.orders) select id, n from x, plain where id > 1"),
                    List.of(),
                    null,
                    null,
                    null);
            assertThat(stage(source, query, null).count()).isEqualTo(3);
            assertThat(stage(source, table("shop.paid", null), null).count()).isEqualTo(3);
        }
    }

    @Test
    void refusesDigitsThatATypeWouldLose() {
        try (Source source = source("data.duckdb")) {
            Extract extract = table(
                    "shop.orders",
                    null,
                    new ColumnChoice("amount", DataType.parse("decimal(9,2)").orElseThrow()));
            assertThatThrownBy(() -> stage(source, extract, null))
                    .hasMessageContaining("Cannot read column amount as decimal(9,2): 3.125");
            Extract allowed = table(
                    "shop.orders",
                    "id < 3",
                    new ColumnChoice("amount", DataType.parse("decimal(9,2)").orElseThrow()));
            assertThat(stage(source, allowed, null).count()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatIsMissing() {
        try (Source source = source("data.duckdb")) {
            assertThatThrownBy(
                            () -> source.observe(table("shop.orders", null, new ColumnChoice("ammount", null)), null))
                    .hasMessage("Cannot read shop.orders: no column ammount (columns: id, status, amount, updated_at)");
        }
        assertThatThrownBy(() -> source("gone.duckdb").observe(table("t", null), null))
                .isInstanceOfSatisfying(
                        HeadworksException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.SOURCE_UNREACHABLE));
    }
}
