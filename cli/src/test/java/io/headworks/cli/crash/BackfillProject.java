package io.headworks.cli.crash;

import io.headworks.cli.Hw;
import io.headworks.testkit.servers.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Orders of some days in files, cut by day into a table that a server or a DuckDB file has. */
record BackfillProject(Path folder, int days) {
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final int A_DAY = 24;

    static BackfillProject write(Path folder, int days, @Nullable TestDatabase server) throws IOException {
        String target = server == null
                ? "{type: duckdb, path: warehouse.duckdb}"
                : String.format(
                        Locale.ROOT,
                        "{type: postgresql, host: 127.0.0.1, port: %d, database: %s, user: %s, password: \"${file:password}\"}",
                        server.port(),
                        server.name(),
                        server.user());
        Files.createDirectories(folder.resolve("pipelines"));
        Files.createDirectories(folder.resolve("data"));
        if (server != null) {
            Files.writeString(folder.resolve("password"), server.password());
        }
        Files.writeString(folder.resolve("headworks.yml"), """
                project: {name: shop, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10}
                connections:
                  landing: {type: files, path: data}
                  warehouse: %s
                """.formatted(target));
        Files.writeString(folder.resolve("pipelines/orders.yml"), """
                pipeline:
                  name: orders
                  extract:
                    connection: landing
                    path: "*.csv"
                    strategy: incremental
                    incremental_key: placed_at
                    columns: {id: bigint, amount: "decimal(18,2)", placed_at: timestamp}
                    slice: {by: placed_at, every: 1d, start: 2024-01-01}
                  load: {connection: warehouse, table: orders, strategy: merge, merge_keys: [id]}
                """);
        BackfillProject project = new BackfillProject(folder, days);
        project.history(1, false);
        return project;
    }

    /** The days before live runs, with amounts of this many cents more; some rows left out. */
    private void history(int cents, boolean corrected) throws IOException {
        StringBuilder rows = new StringBuilder("id,amount,placed_at\n");
        for (int i = 0; i < days * A_DAY; i++) {
            if (!corrected || i % 17 != 0) {
                append(rows, i, i % 100 + cents / 100.0, FIRST.atStartOfDay().plusHours(i));
            }
        }
        Files.writeString(folder.resolve("data/history.csv"), rows);
    }

    /** What the backfill is for: other amounts, and rows that are gone. */
    void correctHistory() throws IOException {
        history(50, true);
    }

    /** Rows after the history, which a live run takes. */
    void addLiveRows(int batch) throws IOException {
        StringBuilder rows = new StringBuilder("id,amount,placed_at\n");
        for (int i = 0; i < 5; i++) {
            int number = batch * 5 + i;
            append(
                    rows,
                    1_000_000 + number,
                    number,
                    FIRST.plusDays(days).atStartOfDay().plusMinutes(number));
        }
        Path partial = folder.resolve("data/live-" + batch + ".part");
        Files.writeString(partial, rows);
        Files.move(partial, folder.resolve("data/live-" + batch + ".csv"));
    }

    private static void append(StringBuilder rows, int id, double amount, LocalDateTime at) {
        rows.append(String.format(
                Locale.ROOT, "%d,%.2f,%s%n", id, amount, at.toString().replace('T', ' ') + ":00"));
    }

    String to() {
        return FIRST.plusDays(days).toString();
    }

    String[] backfill() {
        return new String[] {"backfill", "orders", "--from", FIRST.toString(), "--to", to()};
    }

    void copyDataFrom(BackfillProject other) throws IOException {
        try (Stream<Path> files = Files.list(other.folder.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve("data").resolve(file.getFileName()),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    Hw hw() {
        return new Hw(folder);
    }

    List<?> rows() {
        return (List<?>) Objects.requireNonNull(
                hw().json("query", "select id, amount, placed_at from orders order by id, amount", "--limit", "1000000")
                        .get("rows"));
    }

    List<?> backfills() {
        return (List<?>) Objects.requireNonNull(hw().json("backfill", "list").get("backfills"));
    }

    Map<?, ?> newest() {
        return (Map<?, ?>) backfills().get(0);
    }
}
