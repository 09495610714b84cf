package io.headworks.bench;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.Relation;
import io.headworks.api.profile.ProfileRequest;
import io.headworks.api.profile.TableProfile;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.core.profile.Meaning;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.sql.SqlRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The full profile of 10 M rows of 20 columns against what the engine offers by itself: SUMMARIZE, and the ten most frequent
 * values of each column.
 */
public final class ProfileBench {
    private static final int ROUNDS = Integer.getInteger("headworks.bench.rounds", 3);
    private static final long ROWS = Long.getLong("headworks.bench.rows", 10_000_000);
    private static final double BAR = 1.5;

    boolean run(PrintStream out) throws IOException {
        Path folder = Files.createDirectories(Path.of("bench/target/checks").toAbsolutePath());
        Path file = folder.resolve("orders-" + ROWS + ".duckdb");
        boolean isNew = !Files.exists(file);
        try (Engine engine = new DuckDbEngineFactory().open(Resources.UNSET, folder);
                DuckDbSession session = (DuckDbSession) engine.session("profile", folder, new Cancellation())) {
            session.sql().execute("USE " + session.attach(file, "orders", false));
            if (isNew) {
                OrdersTable.create(session.sql(), ROWS);
            }
            return race(session, out);
        }
    }

    private static boolean race(DuckDbSession session, PrintStream out) {
        List<Long> ours = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        Relation rows = session.relation("SELECT * FROM clean");
        for (int round = 0; round < ROUNDS; round++) {
            long started = System.nanoTime();
            TableProfile profile = session.profiling()
                    .profile(rows, new ProfileRequest(50_000, 10, 20, Meaning.forms()))
                    .profile();
            ours.add(System.nanoTime() - started);
            if (profile.rows() != ROWS) {
                throw new IllegalStateException("the profile has " + profile.rows() + " rows instead of " + ROWS);
            }
            started = System.nanoTime();
            summarize(session.sql(), rows);
            bare.add(System.nanoTime() - started);
        }
        double ratio = (double) median(ours) / median(bare);
        out.printf(
                Locale.ROOT,
                "profile, %,d rows x 20: %d ms; SUMMARIZE and top values %d ms; %.2f x (bar %.1f)  %s%n",
                ROWS,
                median(ours) / 1_000_000,
                median(bare) / 1_000_000,
                ratio,
                BAR,
                Benchmarks.verdict(ratio <= BAR));
        return ratio <= BAR;
    }

    private static void summarize(SqlRunner sql, Relation rows) {
        sql.query("SUMMARIZE clean", row -> row.getString(1));
        for (String column : rows.schema().names()) {
            sql.query(
                    "SELECT " + DuckSql.name(column) + ", count(*) FROM clean GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
                    row -> row.getLong(2));
        }
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow();
    }
}
