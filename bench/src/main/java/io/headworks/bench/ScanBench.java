package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Staged;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.DataType;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.DuckSql;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * 20 M rows of 8 columns into a DuckDB file: read in place and exactly, and staged, against the bare statement of the
 * engine, which bends values; from CSV and from Parquet.
 */
public final class ScanBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 20_000_000);
    private static final Map<String, String> TYPES = types();

    private record Timing(double wall, double cpu) {}

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("id", "bigint");
        types.put("customer_id", "bigint");
        types.put("status", "text");
        types.put("amount", "decimal(18,2)");
        types.put("qty", "integer");
        types.put("placed_at", "timestamp");
        types.put("day", "date");
        types.put("note", "text");
        return types;
    }

    boolean run(PrintStream out) throws IOException {
        Path folder = Files.createDirectories(Path.of("bench/target/scan").toAbsolutePath());
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                DuckDbSession session = (DuckDbSession) engine.session("scan", folder, new Cancellation())) {
            boolean within = true;
            for (String format : List.of("csv", "parquet")) {
                InputFile file = input(session, folder.resolve("orders-" + ROWS + "." + format));
                within &= race(session, folder, format, scan(format, file), bare(format, file), out);
            }
            return within;
        }
    }

    private static InputFile input(DuckDbSession session, Path file) throws IOException {
        if (!Files.exists(file)) {
            write(session, file, ROWS);
        }
        return new InputFile(
                file, new FileStamp(file.getFileName().toString(), Files.size(file), Instant.EPOCH, null, Map.of()));
    }

    /** The rows of this bench as a file, in the format that its name says. */
    static void write(DuckDbSession session, Path file, long rows) {
        session.sql()
                .execute("COPY (SELECT range AS id, CAST(hash(range) % 1000000 AS BIGINT) AS customer_id,"
                        + " ['pending', 'paid', 'shipped', 'returned'][CAST(1 + hash(range + 7) % 4 AS INTEGER)] AS status,"
                        + " CAST((hash(range + 1) % 10000000) / 100 AS DECIMAL(18,2)) AS amount,"
                        + " CAST(hash(range + 2) % 100 AS INTEGER) AS qty, TIMESTAMP '2024-01-01'"
                        + " + to_seconds(CAST(hash(range + 3) % 63072000 AS BIGINT)) AS placed_at, DATE '2024-01-01'"
                        + " + CAST(hash(range + 4) % 730 AS INTEGER) AS day, 'note ' || (hash(range + 5) % 100000) AS note"
                        + " FROM range(" + rows + ")) TO " + DuckSql.text(file.toString()));
    }

    private static Scan scan(String format, InputFile file) {
        List<ScanColumn> columns = new ArrayList<>();
        TYPES.forEach((name, type) -> columns.add(new ScanColumn(
                name, DataType.parse(type).orElseThrow(), ScanColumn.Origin.DATA, name, columns.size())));
        CsvDialect dialect =
                new CsvDialect(",", "\"", "\"", true, 0, null, "utf-8", ".", List.of(""), null, null, columns.size());
        return format.equals("csv")
                ? new Csv(List.of(file), dialect, columns)
                : new Scan.Parquet(List.of(file), columns);
    }

    private static String bare(String format, InputFile file) {
        String path = DuckSql.text(file.path().toString());
        if (!format.equals("csv")) {
            return "SELECT * FROM read_parquet(" + path + ")";
        }
        StringBuilder columns = new StringBuilder();
        TYPES.forEach((name, type) -> columns.append(columns.isEmpty() ? "" : ", ")
                .append(DuckSql.text(name))
                .append(": ")
                .append(DuckSql.text(type)));
        return "SELECT * FROM read_csv(" + path + ", auto_detect = false, header = true, delim = ',', quote = '\"',"
                + " escape = '\"', columns = {" + columns + "})";
    }

    private boolean race(DuckDbSession session, Path folder, String format, Scan scan, String bare, PrintStream out)
            throws IOException {
        List<Timing> floor = new ArrayList<>();
        List<Timing> direct = new ArrayList<>();
        List<Timing> staged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            floor.add(load(session, folder, () -> bare));
            direct.add(load(session, folder, () -> session.scan(scan).sql()));
            staged.add(load(session, folder, () -> {
                Staged rows = session.stage("orders", new RowSource.InPlace(scan));
                return "SELECT " + DuckSql.names(TYPES.keySet()) + " FROM ("
                        + rows.rows().sql() + ")";
            }));
        }
        Timing bareTiming = median(floor);
        return print(out, format + " direct", median(direct), bareTiming, 1.15, 0.7)
                & print(out, format + " staged", median(staged), bareTiming, 2.2, 0.5);
    }

    private interface Rows {
        String select();
    }

    private Timing load(DuckDbSession session, Path folder, Rows rows) throws IOException {
        Path file = folder.resolve("target.duckdb");
        String catalog = session.attach(file, "target", false);
        long wall = System.nanoTime();
        long cpu = machine.getProcessCpuTime();
        session.sql().execute("CREATE TABLE " + catalog + ".main.orders AS " + rows.select());
        Timing timing = new Timing((System.nanoTime() - wall) / 1e9, (machine.getProcessCpuTime() - cpu) / 1e9);
        long count = session.sql().number("SELECT count(*) FROM " + catalog + ".main.orders");
        session.detach(file);
        Files.delete(file);
        if (count != ROWS) {
            throw new IllegalStateException("Cannot compare: " + count + " rows of " + ROWS);
        }
        return timing;
    }

    /** Of wall and of processor apart. */
    private static Timing median(List<Timing> timings) {
        return new Timing(
                timings.stream()
                        .mapToDouble(Timing::wall)
                        .sorted()
                        .skip(timings.size() / 2)
                        .findFirst()
                        .orElseThrow(),
                timings.stream()
                        .mapToDouble(Timing::cpu)
                        .sorted()
                        .skip(timings.size() / 2)
                        .findFirst()
                        .orElseThrow());
    }

    private static boolean print(PrintStream out, String name, Timing ours, Timing floor, double factor, double extra) {
        double limit = factor * floor.wall() + extra;
        boolean within = ours.wall() <= limit;
        out.printf(
                Locale.ROOT,
                "%-15s %6.2f s  bare %6.2f s  limit %6.2f s (%.2f x + %.1f)  processor %6.2f s, bare %6.2f s (%.2f x)  %s%n",
                name,
                ours.wall(),
                floor.wall(),
                limit,
                factor,
                extra,
                ours.cpu(),
                floor.cpu(),
                ours.cpu() / floor.cpu(),
                Benchmarks.verdict(within));
        return within;
    }
}
