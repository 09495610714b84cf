package io.headworks.bench;

import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks named on the command line, or all of them. Each prints its figures beside their limits, met or MISSED;
 * with {@code --strict}, exit code 1 when one was missed. */
public final class Benchmarks {
    private static final List<String> NAMES = List.of(
            "start-up",
            "spec",
            "models",
            "checks",
            "profile",
            "scan",
            "loads",
            "history",
            "memory",
            "postgres",
            "postgres-runs",
            "postgres-target",
            "postgres-merge",
            "tables",
            "mysql",
            "reconcile",
            "diff",
            "slices");

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(List.of(arguments));
        boolean strict = names.remove("--strict");
        if (names.isEmpty()) {
            names.addAll(NAMES);
        }
        boolean within = true;
        for (String name : names) {
            within &= run(name);
        }
        System.exit(within || !strict ? 0 : 1);
    }

    static String verdict(boolean met) {
        return met ? "met" : "MISSED";
    }

    private static boolean run(String name) throws Exception {
        return switch (name) {
            case "start-up" -> new StartUp().run(System.out);
            case "spec" -> new SpecBench().run(System.out);
            case "models" -> new ModelsBench().run(System.out);
            case "checks" -> new ChecksBench().run(System.out);
            case "profile" -> new ProfileBench().run(System.out);
            case "scan" -> new ScanBench().run(System.out);
            case "loads" -> new LoadsBench().run(System.out);
            case "history" -> new HistoryBench().run(System.out);
            case "postgres" -> new PostgresBench().run(System.out);
            case "postgres-target" -> PostgresTargetBench.run(System.out);
            case "postgres-merge" -> PostgresMergeBench.run(System.out);
            case "tables" -> new TablesBench().run(System.out);
            case "mysql" -> new MysqlBench().run(System.out);
            case "slices" -> new SlicesBench().run(System.out);
            case "diff" -> new DiffBench().run(System.out);
            case "reconcile" -> new ReconcileBench().run(System.out);
            case "postgres-runs" -> new PostgresRuns().run(System.out);
            case "memory" -> new MemoryBench().run(System.out);
            default -> throw new IllegalArgumentException("Cannot run " + name + " (allowed: " + NAMES + ")");
        };
    }
}
