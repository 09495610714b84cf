package io.headworks.bench;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * Forty tables of a PostgreSQL database into a DuckDB file by one definition: how long it is, and what a second run takes when
 * no table has changed, beside what the source alone takes to answer as many questions in one session.
 */
final class TablesBench {
    private static final int TABLES = 40;
    private static final int ROWS = 1000;
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 5);
    private static final int MOST_LINES = 12;
    private static final double MOST_SECONDS = 1.5;
    private static final String SHOP = """
            pipeline:
              name: shop
              extract:
                connection: shop_db
                tables: {include: ["public.*"], exclude: ["public.tmp_*"]}
                strategy: incremental
                incremental_key: [updated_at, modified_at]
              load: {connection: warehouse, table: "raw_shop_${table}", strategy: upsert}
            """;

    boolean run(PrintStream out) throws IOException, InterruptedException, SQLException {
        Path folder = Files.createTempDirectory("headworks-bench");
        try (TestPostgres server = TestPostgres.start("jit=off");
                TestDatabase database = server.newDatabase()) {
            for (int i = 0; i < TABLES; i++) {
                database.run(
                        "CREATE TABLE t" + i
                                + " AS SELECT i AS id, i % 7 AS a, 'row ' || i AS b, (i / 4.0)::numeric(12,2) AS c,"
                                + " timestamptz '2026-01-01Z' + i * interval '1 s' AS updated_at FROM generate_series(1, "
                                + ROWS
                                + ") AS i",
                        "ALTER TABLE t" + i + " ADD PRIMARY KEY (id)");
            }
            return measured(out, project(folder, database), database);
        } finally {
            Folders.remove(folder);
        }
    }

    private static boolean measured(PrintStream out, Path project, TestDatabase database)
            throws IOException, InterruptedException, SQLException {
        WholeProcess run = new WholeProcess(project, List.of("run", "shop"));
        double first = run.timed().millis() / 1e3;
        double second = WholeProcess.median(run.times(ROUNDS)) / 1e3;
        double cpu = run.watched().cpuMillis() / 1e3;
        double source = answer(database);
        int lines = (int) SHOP.lines().count();
        boolean met = second - source <= MOST_SECONDS && lines <= MOST_LINES;
        out.printf(
                Locale.ROOT,
                "%d tables by %d lines of YAML (limit %d): first run %.2f s; nothing new, median of %d: %.2f s (%.1f s of"
                        + " processor), of which the source answers in %.2f s (limit %.1f s beside it): %s%n",
                TABLES,
                lines,
                MOST_LINES,
                first,
                ROUNDS,
                second,
                cpu,
                source,
                MOST_SECONDS,
                Benchmarks.verdict(met));
        return met;
    }

    /** A session that asks each table for what is new. */
    private static double answer(TestDatabase database) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < TABLES; i++) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT * FROM t" + i + " WHERE updated_at >= (SELECT max(updated_at) FROM t" + i + ")")) {
                    if (!rows.next()) {
                        throw new IllegalStateException("the newest row is there");
                    }
                }
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static Path project(Path folder, TestDatabase database) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("password"), database.password());
        Files.writeString(
                project.resolve("headworks.yml"), """
                project: {name: tables, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a14}
                connections:
                  shop_db: {type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: "${file:password}"}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """.formatted(database.port(), database.name(), database.user()));
        Files.writeString(project.resolve("shop.yml"), SHOP);
        return project;
    }
}
