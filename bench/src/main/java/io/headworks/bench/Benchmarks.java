package io.headworks.bench;

import java.util.List;

/** Runs the benchmarks named on the command line, or all of them; exit code 1 when a figure is beyond its limit. */
public final class Benchmarks {
    private static final List<String> NAMES = List.of("start-up", "checks", "scan", "loads");

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? NAMES : List.of(arguments);
        boolean within = true;
        for (String name : names) {
            within &= run(name);
        }
        System.exit(within ? 0 : 1);
    }

    private static boolean run(String name) throws Exception {
        return switch (name) {
            case "start-up" -> new StartUp().run(System.out);
            case "checks" -> new ChecksBench().run(System.out);
            case "scan" -> new ScanBench().run(System.out);
            case "loads" -> new LoadsBench().run(System.out);
            default -> throw new IllegalArgumentException("Cannot run " + name + " (allowed: " + NAMES + ")");
        };
    }
}
