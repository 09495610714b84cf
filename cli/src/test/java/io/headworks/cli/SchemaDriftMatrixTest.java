package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of change of a source, under every policy, with every strategy: what docs/schema-changes.md says. */
final class SchemaDriftMatrixTest {
    private static final String PROJECT = """
            project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
            connections:
              shop: {type: duckdb, path: shop.duckdb}
              warehouse: {type: duckdb, path: warehouse.duckdb}
            """;

    @TempDir
    static Path loaded;

    @TempDir
    Path folder;

    /** Projects after their first load, by strategy. */
    private static final Map<String, Path> FIRST_LOADS = new HashMap<>();

    static Stream<DriftCell> every() {
        return DriftCell.all().stream();
    }

    static Stream<DriftCell> some() {
        return every(7);
    }

    static Stream<DriftCell> ofPostgres() {
        return every(5);
    }

    private static Stream<DriftCell> every(int step) {
        List<DriftCell> all = DriftCell.all();
        List<DriftCell> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        return some.stream();
    }

    @Test
    void thePageSaysItOfEightKindsUnderFourPolicies() {
        assertThat(DriftCell.all()).hasSize(8 * 4 * DriftCell.STRATEGIES.size());
        assertThat(DriftCell.all())
                .extracting(DriftCell::outcome)
                .containsOnly("loads", "adds", "widens", "discards", "refuses");
    }

    @ParameterizedTest
    @Tag("ci")
    @MethodSource("some")
    void someBehaveAsThePageSays(DriftCell cell) throws SQLException {
        behaves(cell);
    }

    @ParameterizedTest
    @Tag("slow")
    @MethodSource("every")
    void allBehaveAsThePageSays(DriftCell cell) throws SQLException {
        behaves(cell);
    }

    @ParameterizedTest
    @Tag("slow")
    @MethodSource
    void ofPostgres(DriftCell cell) throws SQLException {
        try (TestDatabase database = TestPostgres.shared().newDatabase()) {
            Hw hw = project(folder, PROJECT.replace("{type: duckdb, path: warehouse.duckdb}", """
                    {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}"}""".formatted(
                            database.port(), database.name(), database.user())));
            hw.write("password", database.password());
            first(hw, cell.strategy());
            change(hw, cell);

            Hw.Result run = hw.run("run", "orders");

            try (Connection warehouse = database.connect()) {
                assertOutcome(cell, run, warehouse);
            }
        }
    }

    private void behaves(DriftCell cell) throws SQLException {
        Path place = folder.resolve("project");
        if (cell.strategy().equals("append")) {
            // its position holds for the very source that it was read from
            first(project(place, PROJECT), cell.strategy());
        } else {
            FolderCopy.of(firstLoad(cell.strategy()), place);
        }
        Hw hw = new Hw(place);
        change(hw, cell);

        Hw.Result run = hw.run("run", "orders");

        try (Connection warehouse = duckdb(hw.folder().resolve("warehouse.duckdb"))) {
            assertOutcome(cell, run, warehouse);
        }
    }

    private static void assertOutcome(DriftCell cell, Hw.Result run, Connection warehouse) throws SQLException {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(cell.exitCode());
        String kept = cell.strategy().equals("soft-delete") ? " where not is_deleted" : "";
        assertThat(texts(warehouse, "select id || ' ' || amount from copied" + kept + " order by id"))
                .isEqualTo(cell.rows());
        assertThat(columns(warehouse)).containsExactlyElementsOf(cell.columns());
        assertThat(texts(warehouse, "select code from headworks.dead_letter"))
                .hasSize(cell.deadLetters())
                .allMatch("schema-change"::equals);
        if (cell.outcome().equals("adds")) {
            assertThat(texts(warehouse, "select id || note from copied where note is not null"))
                    .containsExactly("6later");
        }
        assertThat(texts(warehouse, "select count(*) from headworks.ledger"))
                .as("loads that were committed")
                .containsExactly(cell.outcome().equals("refuses") ? "1" : "2");
    }

    private static Path firstLoad(String strategy) throws SQLException {
        Path known = FIRST_LOADS.get(strategy);
        if (known != null) {
            return known;
        }
        Path made = loaded.resolve(strategy);
        first(project(made, PROJECT), strategy);
        FIRST_LOADS.put(strategy, made);
        return made;
    }

    private static Hw project(Path folder, String headworks) {
        Hw hw = new Hw(folder);
        hw.write("headworks.yml", headworks);
        return hw;
    }

    private static void first(Hw hw, String strategy) throws SQLException {
        hw.write("pipelines/orders.yml", DriftCell.pipeline(strategy, "evolve"));
        source(hw, DriftCell.before());
        Hw.Result run = hw.run("run", "orders");
        assertThat(run.exitCode()).as(run.toString()).isZero();
    }

    private static void change(Hw hw, DriftCell cell) throws SQLException {
        hw.write("pipelines/orders.yml", DriftCell.pipeline(cell.strategy(), cell.policy()));
        source(hw, cell.after());
    }

    private static void source(Hw hw, List<String> statements) throws SQLException {
        try (Connection shop = duckdb(hw.folder().resolve("shop.duckdb"));
                Statement statement = shop.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection duckdb(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + file);
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    private static List<String> columns(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from copied limit 0")) {
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                String name = row.getMetaData().getColumnName(i);
                if (!name.startsWith("_hw_") && !name.equals("is_deleted")) {
                    names.add(name.equals(name.toLowerCase(Locale.ROOT)) ? name : "'" + name + "'");
                }
            }
        }
        return names;
    }
}
