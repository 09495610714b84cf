package io.headworks.bench;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The largest resident set of whole runs that load 1 M and 20 M rows with a fixed limit of the engine. */
final class MemoryBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long MANY = Long.getLong("headworks.bench.rows", 20_000_000);
    private static final long FEW = MANY / 20;
    private static final long ENGINE_MEGABYTES = 500;
    private static final double MORE = 1.10;
    private static final long MEGABYTE = 1_000_000;

    private enum Physical {
        DIRECT(""),
        /** A rejected row must be counted before the load, so the rows are staged. */
        STAGED("\n  error_handling: {strategy: dead-letter}");

        private final String yaml;

        Physical(String yaml) {
            this.yaml = yaml;
        }
    }

    boolean run(PrintStream out) throws IOException, InterruptedException {
        boolean met = true;
        for (String format : List.of("csv", "parquet")) {
            for (Physical path : Physical.values()) {
                List<Long> few = new ArrayList<>();
                List<Long> many = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    few.add(peak(format, path, FEW));
                    many.add(peak(format, path, MANY));
                }
                met &= print(out, format + " " + path.name().toLowerCase(Locale.ROOT), few, many);
            }
        }
        return met;
    }

    private static boolean print(PrintStream out, String name, List<Long> few, List<Long> many) {
        Collections.sort(few);
        Collections.sort(many);
        long small = WholeProcess.median(few) / MEGABYTE;
        long large = WholeProcess.median(many) / MEGABYTE;
        long limit = (long) (small * MORE) + ENGINE_MEGABYTES;
        boolean met = large <= limit;
        out.printf(
                Locale.ROOT,
                "peak of hw run, %-15s  %,d rows %5d MB  %,d rows %5d MB, limit %5d MB (%.2f x + %d MB of the engine)  %s%n",
                name,
                FEW,
                small,
                MANY,
                large,
                limit,
                MORE,
                ENGINE_MEGABYTES,
                Benchmarks.verdict(met));
        return met;
    }

    private static long peak(String format, Physical path, long rows) throws IOException, InterruptedException {
        Path project =
                Path.of("bench/target/memory", format + "-" + path + "-" + rows).toAbsolutePath();
        Files.createDirectories(project.resolve("pipelines"));
        Files.createDirectories(project.resolve("data"));
        input(format, rows, project.resolve("data"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: memory, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a12}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        Files.writeString(project.resolve("pipelines/orders.yml"), """
                pipeline:
                  name: orders
                  resources: {memory: %dMB, threads: 2}
                  extract: {connection: landing, path: orders.%s, strategy: full}
                  load: {connection: warehouse, table: orders, strategy: truncate-reload}%s
                """.formatted(ENGINE_MEGABYTES, format, path.yaml));
        long peak =
                new WholeProcess(project, List.of("run", "orders")).watched().peakBytes();
        // the record of a run goes with its target: a target that vanished stops the next run
        Files.delete(project.resolve("warehouse.duckdb"));
        Folders.remove(project.resolve(".headworks"));
        return peak;
    }

    private static void input(String format, long rows, Path folder) throws IOException {
        Path files = Files.createDirectories(Path.of("bench/target/scan").toAbsolutePath());
        Path file = files.resolve("orders-" + rows + "." + format);
        if (!Files.exists(file)) {
            try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, files);
                    DuckDbSession session = (DuckDbSession) engine.session("input", files, new Cancellation())) {
                ScanBench.write(session, file, rows);
            }
        }
        try {
            Files.createLink(folder.resolve("orders." + format), file);
        } catch (FileAlreadyExistsException there) {
            // linked by an earlier round
            return;
        }
    }
}
