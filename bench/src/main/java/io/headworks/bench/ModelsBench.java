package io.headworks.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A generated graph of SQL models, as whole processes: {@code hw ls} parses, resolves and orders all of them; {@code hw
 * validate} proves them too; {@code hw lineage} follows the columns of all; {@code hw plan changed:HEAD} does so for two
 * states of the project and says what a change reaches.
 */
final class ModelsBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 5);
    private static final int MODELS = Integer.getInteger("headworks.bench.models", 1_000);
    /** 3 s for 1,000, and 20 s for 10,000. */
    private static final long LIMIT_MILLIS = MODELS <= 1_000 ? 3_000 : 2L * MODELS;

    private static final int LAYERS = 10;

    boolean run(PrintStream out) throws IOException, InterruptedException {
        Path project = project();
        boolean met = measured(out, project, List.of("validate"));
        met &= measured(out, project, List.of("ls"));
        met &= measured(out, project, List.of("lineage", "model_" + (MODELS - 1)));
        committed(project);
        Path edited = project.resolve("models/layer_0/model_3.sql");
        Files.writeString(edited, Files.readString(edited).replace("sum(gross)", "max(gross)"));
        met &= measured(out, project, List.of("plan", "changed:HEAD", "--exclude", "*"));
        return met;
    }

    private static boolean measured(PrintStream out, Path project, List<String> command)
            throws IOException, InterruptedException {
        List<Long> millis = new WholeProcess(project, command).times(ROUNDS);
        long median = WholeProcess.median(millis);
        boolean met = median <= LIMIT_MILLIS;
        out.printf(
                Locale.ROOT,
                "hw %-8s %,6d SQL models     %5d ms, limit %d ms  (%d to %d)  %s%n",
                command.get(0),
                MODELS,
                median,
                LIMIT_MILLIS,
                millis.get(0),
                millis.get(ROUNDS - 1),
                Benchmarks.verdict(met));
        return met;
    }

    /** A repository of its own: the folder lies in one that ignores it. */
    private static void committed(Path project) throws IOException, InterruptedException {
        List<List<String>> commands = List.of(
                List.of("git", "init", "-q"),
                List.of("git", "add", "headworks.yml", "sources.yml", "models"),
                List.of(
                        "git",
                        "-c",
                        "user.name=bench",
                        "-c",
                        "user.email=bench@example.com",
                        "commit",
                        "-q",
                        "--allow-empty",
                        "-m",
                        "bench"));
        for (List<String> command : commands) {
            int exitCode = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("Cannot prepare the benchmark: " + command + " gave " + exitCode);
            }
        }
    }

    private static Path project() throws IOException {
        Path project = Path.of("bench/target/models-" + MODELS).toAbsolutePath();
        Files.createDirectories(project.resolve("data"));
        Files.writeString(project.resolve("headworks.yml"), """
                project: {name: models, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a12}
                connections:
                  landing: {type: files, path: data}
                  warehouse: {type: duckdb, path: warehouse.duckdb}
                """);
        Files.writeString(
                project.resolve("sources.yml"),
                source("orders", "id, customer_id, month, gross, status") + "---\n"
                        + source("customers", "customer_id, month, gross, status, segment, id"));
        Random random = new Random(42);
        for (int i = 0; i < MODELS; i++) {
            Path folder = Files.createDirectories(project.resolve("models/layer_" + layer(i)));
            Files.writeString(folder.resolve("model_" + i + ".sql"), sql(i, random));
        }
        Files.writeString(
                project.resolve("models/models.yml"),
                "defaults: {owner: bench, load: {connection: warehouse, strategy: truncate-reload}}\n");
        return project;
    }

    private static int layer(int model) {
        return (int) ((long) model * LAYERS / MODELS);
    }

    private static String source(String table, String columns) {
        return """
                pipeline:
                  name: load_%1$s
                  extract: {connection: landing, path: "%1$s/*.csv", columns: [%2$s]}
                  load: {connection: warehouse, table: %1$s, strategy: truncate-reload}
                """.formatted(table, columns);
    }

    /** Reads one or two models of earlier layers, or the sources. */
    private static String sql(int number, Random random) {
        int below = layer(number) * (MODELS / LAYERS);
        String one = below == 0 ? "orders" : "model_" + random.nextInt(below);
        String other = below == 0 ? "customers" : "model_" + random.nextInt(below);
        return """
                /* model
                tags: [layer_%2$d]
                */
                with paid as (
                    select id, customer_id, month, gross from %3$s where status = 'paid %1$d'
                ),
                named as (
                    select p.*, c.segment
                    from paid as p left join %4$s as c on c.customer_id = p.customer_id
                )
                select
                    id,
                    customer_id,
                    month,
                    segment,
                    'paid %1$d' as status,
                    sum(gross) over (partition by customer_id order by month) as gross
                from named
                where gross > %1$d
                qualify row_number() over (partition by id order by month desc) = 1
                """.formatted(number, layer(number), one, other);
    }
}
