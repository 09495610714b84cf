package io.headworks.bench;

import com.sun.management.OperatingSystemMXBean;
import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Rule;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.bench.FiftyChecks.Pair;
import io.headworks.duckdb.check.CheckRunner;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.SqlRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fifty checks, those of them apart that are of uniqueness or references, then two hundred that look at rows only, over 10 M rows of 20 columns, clean and with 1 % bad rows in each
 * column: planned together, against queries of their own and against one query with FILTER. All three must count the same.
 */
public final class ChecksBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 10_000_000);

    /** Checks of rows, against each of the others. */
    private static final double ROWS_BAR = 0.5;

    /** Uniqueness and references, which are a statement each whoever asks. */
    private static final double EXACT_BAR = 1.2;

    private enum Contender {
        PLANNED("planned together"),
        SEPARATE("separate queries"),
        FILTERED("one query, FILTER");

        private final String words;

        Contender(String words) {
            this.words = words;
        }
    }

    private record Timing(long wallMillis, long cpuMillis) {}

    private final OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    boolean run(PrintStream out) throws IOException {
        Path folder = Files.createDirectories(Path.of("bench/target/checks").toAbsolutePath());
        Path file = folder.resolve("orders-" + ROWS + ".duckdb");
        boolean isNew = !Files.exists(file);
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                DuckDbSession session = (DuckDbSession) engine.session("checks", folder, new Cancellation())) {
            String catalog = session.attach(file, "orders", false);
            session.sql().execute("USE " + catalog);
            if (isNew) {
                OrdersTable.create(session.sql(), ROWS);
            }
            FiftyChecks.bind(session);
            List<Pair> exact = FiftyChecks.ALL.stream()
                    .filter(pair -> pair.isKey() || pair.rule() instanceof Rule.References)
                    .toList();
            return race(session, FiftyChecks.ALL, "clean", 1, out)
                    & race(session, FiftyChecks.ALL, "dirty", 1, out)
                    & race(session, exact, "clean", EXACT_BAR, out)
                    & race(session, exact, "dirty", EXACT_BAR, out)
                    & race(session, TwoHundredChecks.ALL, "clean", ROWS_BAR, out)
                    & race(session, TwoHundredChecks.ALL, "dirty", ROWS_BAR, out);
        }
    }

    /** @param bar how many times as long as each of the others it may take */
    private boolean race(DuckDbSession session, List<Pair> pairs, String table, double bar, PrintStream out) {
        Map<Contender, List<Timing>> timings = new EnumMap<>(Contender.class);
        List<Long> expected = separate(session.sql(), pairs, table);
        for (int round = 0; round < ROUNDS; round++) {
            for (Contender contender : Contender.values()) {
                long wall = System.nanoTime();
                long cpu = machine.getProcessCpuTime();
                List<Long> counts = count(contender, session, pairs, table);
                Timing timing = new Timing(
                        (System.nanoTime() - wall) / 1_000_000, (machine.getProcessCpuTime() - cpu) / 1_000_000);
                if (!counts.equals(expected)) {
                    throw new IllegalStateException(contender + " counts " + counts + " instead of " + expected);
                }
                timings.computeIfAbsent(contender, any -> new ArrayList<>()).add(timing);
            }
        }
        return print(pairs.size(), table, timings, bar, out);
    }

    private static List<Long> count(Contender contender, DuckDbSession session, List<Pair> pairs, String table) {
        return switch (contender) {
            case PLANNED -> planned(session, pairs, table);
            case SEPARATE -> separate(session.sql(), pairs, table);
            case FILTERED -> filtered(session.sql(), pairs, table);
        };
    }

    private static List<Long> planned(DuckDbSession session, List<Pair> pairs, String table) {
        List<Check> checks = FiftyChecks.checks(pairs);
        CheckScope scope = new CheckScope(session.relation("SELECT * FROM " + table), null, Instant.EPOCH, 0);
        return new CheckRunner()
                .run(session.sql(), scope, checks, session.datasets()).stream()
                        .map(CheckResult::failingRows)
                        .toList();
    }

    private static List<Long> separate(SqlRunner sql, List<Pair> pairs, String table) {
        return FiftyChecks.separate(pairs, table).stream().map(sql::number).toList();
    }

    private static List<Long> filtered(SqlRunner sql, List<Pair> pairs, String table) {
        int columns = pairs.size();
        return sql.query(FiftyChecks.filtered(pairs, table), row -> {
                    List<Long> counts = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        counts.add(row.getLong(i));
                    }
                    return counts;
                })
                .get(0);
    }

    private static boolean print(
            int checks, String table, Map<Contender, List<Timing>> timings, double bar, PrintStream out) {
        Timing planned = median(timings.getOrDefault(Contender.PLANNED, List.of()));
        boolean within = true;
        for (Contender contender : Contender.values()) {
            Timing timing = median(timings.getOrDefault(contender, List.of()));
            boolean slower = contender == Contender.PLANNED
                    || (planned.wallMillis() <= bar * timing.wallMillis()
                            && planned.cpuMillis() <= bar * timing.cpuMillis());
            within &= slower;
            out.printf(
                    Locale.ROOT,
                    "%d checks, %,d rows, %s: %-18s %6d ms  %6d ms CPU  %s%n",
                    checks,
                    ROWS,
                    table,
                    contender.words,
                    timing.wallMillis(),
                    timing.cpuMillis(),
                    contender == Contender.PLANNED
                            ? ""
                            : ratio(planned, timing) + " (bar " + bar + ")  " + Benchmarks.verdict(slower));
        }
        return within;
    }

    private static String ratio(Timing planned, Timing other) {
        return String.format(
                Locale.ROOT,
                "%.2f x wall, %.2f x CPU",
                (double) planned.wallMillis() / other.wallMillis(),
                (double) planned.cpuMillis() / other.cpuMillis());
    }

    /** Of wall and of CPU apart. */
    private static Timing median(List<Timing> timings) {
        return new Timing(
                timings.stream()
                        .mapToLong(Timing::wallMillis)
                        .sorted()
                        .skip(timings.size() / 2)
                        .findFirst()
                        .orElse(-1),
                timings.stream()
                        .mapToLong(Timing::cpuMillis)
                        .sorted()
                        .skip(timings.size() / 2)
                        .findFirst()
                        .orElse(-1));
    }
}
