package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.cli.CheckCases.Case;
import io.headworks.cli.CheckCases.Table;
import io.headworks.core.json.Json;
import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of check finds the same in tables of DuckDB and of PostgreSQL, through the command that users call. */
final class CheckCasesTest {
    @TempDir
    Path folder;

    static List<CheckCases> all() {
        return CheckCases.all();
    }

    @Test
    void areMany() {
        assertThat(all().stream().mapToInt(CheckCases::size).sum()).isGreaterThanOrEqualTo(400);
        assertThat(all()).hasSize(io.headworks.api.check.RuleKind.values().length);
    }

    @ParameterizedTest
    @MethodSource("all")
    void holdInDuckDb(CheckCases cases) throws SQLException {
        String file = folder.resolve("warehouse.duckdb").toString();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            for (Table table : cases.tables()) {
                for (String sql : table.statements()) {
                    statement.execute(sql);
                }
            }
        }
        compare(cases, "warehouse: {type: duckdb, path: warehouse.duckdb}");
    }

    @ParameterizedTest
    @MethodSource("all")
    void holdInPostgres(CheckCases cases) {
        TestDatabase database = TestPostgres.shared().newDatabase();
        for (Table table : cases.tables()) {
            database.run(table.statements().toArray(new String[0]));
        }
        compare(cases, "warehouse: " + connection(database));
    }

    private static String connection(TestDatabase database) {
        return "{type: postgresql, host: localhost, port: " + database.port() + ", database: " + database.name()
                + ", user: " + database.user() + ", password: " + database.password() + "}";
    }

    @ParameterizedTest
    @MethodSource("all")
    void areRefusedWhereTheyMakeNoSense(CheckCases cases) {
        Hw hw = project(cases, "warehouse: {type: duckdb, path: warehouse.duckdb}");
        SoftAssertions softly = new SoftAssertions();
        for (Table table : cases.tables()) {
            for (Case each : table.cases()) {
                if (each.isRefused()) {
                    Hw.Result result = hw.run("check", "warehouse:" + table.name(), "--check", each.check());
                    softly.assertThat(result.exitCode()).as(each.check()).isEqualTo(2);
                    softly.assertThat(result.out() + result.err())
                            .as(each.check())
                            .contains(each.text() == null ? "Cannot" : each.text());
                }
            }
        }
        softly.assertAll();
    }

    private void compare(CheckCases cases, String connection) {
        Hw hw = project(cases, connection);
        for (Table table : cases.tables()) {
            if (!table.runnable().isEmpty()) {
                hw.write("checks/" + table.name() + ".yml", checkFile(table));
            }
        }
        Hw.Result result = hw.run("check", "--output", "json");
        assertThat(result.out()).as(result.err()).contains("\"checks\"");
        List<?> found = (List<?>) Objects.requireNonNull(result.document().get("checks"));
        SoftAssertions softly = new SoftAssertions();
        for (Table table : cases.tables()) {
            List<Map<?, ?>> results = new ArrayList<>();
            found.stream()
                    .map(each -> (Map<?, ?>) each)
                    .filter(each -> ("warehouse:" + table.name()).equals(each.get("dataset")))
                    .forEach(results::add);
            softly.assertThat(results).as(table.name()).hasSameSizeAs(table.runnable());
            for (int i = 0; i < Math.min(results.size(), table.runnable().size()); i++) {
                compare(table.name(), table.runnable().get(i), results.get(i), softly);
            }
        }
        softly.assertAll();
    }

    private static void compare(String table, Case expected, Map<?, ?> result, SoftAssertions softly) {
        String what = table + ": " + expected.check() + " found " + result;
        softly.assertThat(result.get("status")).as(what).isEqualTo(expected.status());
        if (expected.failing() != null) {
            softly.assertThat(String.valueOf(result.get("failing_rows")))
                    .as(what)
                    .isEqualTo(expected.failing().toString());
        }
        if (!expected.ids().isEmpty()) {
            softly.assertThat(ids(result)).as(what).containsExactlyElementsOf(new TreeSet<>(expected.ids()));
        }
        if (expected.text() != null && expected.status().equals("error")) {
            softly.assertThat(String.valueOf(result.get("error"))).as(what).contains(expected.text());
        } else if (expected.text() != null) {
            softly.assertThat(String.valueOf(result.get("observed"))).as(what).startsWith(expected.text());
        }
    }

    private static TreeSet<String> ids(Map<?, ?> result) {
        TreeSet<String> ids = new TreeSet<>();
        if (result.get("samples") instanceof List<?> samples) {
            samples.forEach(sample -> ids.add(
                    String.valueOf(Json.readObject(String.valueOf(sample)).get("id"))));
        }
        return ids;
    }

    private Hw project(CheckCases cases, String connection) {
        Hw hw = new Hw(folder);
        String tables = cases.tables().stream()
                .map(table -> "warehouse:" + table.name())
                .collect(Collectors.joining(", "));
        hw.write(
                "headworks.yml",
                "project: {name: cases, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}\nconnections:\n  " + connection
                        + "\nexternal: [" + tables + "]\n");
        return hw;
    }

    private static String checkFile(Table table) {
        StringBuilder yaml = new StringBuilder("checks:\n  table: warehouse:" + table.name() + "\n  run:\n");
        table.runnable()
                .forEach(each -> yaml.append("    - ").append(each.check()).append('\n'));
        return yaml.toString();
    }
}
