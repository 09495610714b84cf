package io.headworks.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.dataset.TableName;
import io.headworks.api.source.Source;
import io.headworks.api.source.SourceTable;
import io.headworks.connector.jdbc.source.JdbcSource;
import io.headworks.testkit.servers.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of a database behind a JDBC driver, all at once. */
final class JdbcCatalogueTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void listsAllTablesWithTheirColumnsInOrder(TestEngine engine) {
        try (TestDatabase database = engine.newDatabase()) {
            database.run(
                    "CREATE TABLE orders (z int, a int, updated_at timestamp)",
                    "CREATE VIEW seen AS SELECT a FROM orders",
                    "CREATE TABLE \"Größe\" (\"b c\" int)",
                    "CREATE TABLE hw_fence (id int)",
                    "CREATE TABLE hw_guests (id int)",
                    "CREATE SCHEMA far",
                    "CREATE TABLE far.orders (id int)");
            try (Source source = new JdbcSource(JdbcConnections.settings(engine, database, folder))) {
                String home = home(source);
                assertThat(source.catalogue())
                        .containsExactlyInAnyOrder(
                                listed(home, "ORDERS", true, false, "Z", "A", "UPDATED_AT"),
                                listed(home, "SEEN", true, true, "A"),
                                listed(home, "Größe", true, false, "b c"),
                                listed(home, "HW_GUESTS", true, false, "ID"),
                                listed("FAR", "ORDERS", false, false, "ID"));
                assertThat(home).isEqualTo(home.toUpperCase(Locale.ROOT)).isNotEqualTo("FAR");
            }
        }
    }

    private static String home(Source source) {
        return source.catalogue().stream()
                .filter(SourceTable::home)
                .map(table -> String.valueOf(table.name().schema()))
                .findFirst()
                .orElseThrow();
    }

    private static SourceTable listed(String schema, String table, boolean home, boolean view, String... columns) {
        return new SourceTable(new TableName(schema, table), home, view, List.of(columns));
    }
}
