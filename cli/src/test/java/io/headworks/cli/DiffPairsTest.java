package io.headworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.testkit.servers.TestDatabase;
import io.headworks.testkit.servers.TestMariaDb;
import io.headworks.testkit.servers.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random tables with random differences between every two kinds of systems, against an obvious comparison in memory. */
final class DiffPairsTest {
    private static final List<String> SYSTEMS = List.of("duck", "lite", "pg", "my", "lake");
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    private Hw hw;

    @Test
    void findsAllDifferencesAndNoOther() {
        long seed = Long.getLong("headworks.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        hw = new Hw(folder);
        RandomRows a = RandomRows.of(random, ROWS);
        RandomRows b = a.changed(25);
        try (TestDatabase postgres = TestPostgres.shared().newDatabase();
                TestDatabase maria = TestMariaDb.shared().newDatabase()) {
            load(a, b, postgres, maria);
            for (int i = 0; i < SYSTEMS.size(); i++) {
                for (int j = i; j < SYSTEMS.size(); j++) {
                    // doubles in half of the cases: not every server hashes them
                    List<String> without = (i + j) % 2 == 0 ? List.of() : List.of("weight");
                    String key = random.nextBoolean() ? "id" : "part,id";
                    String what = "seed " + seed + ": " + SYSTEMS.get(i) + ", " + SYSTEMS.get(j) + ", " + key;
                    if (i != j) {
                        equal(SYSTEMS.get(i) + ":a", SYSTEMS.get(j) + ":a", key, without, what);
                    }
                    Map<String, Object> found = diff(SYSTEMS.get(i) + ":a", SYSTEMS.get(j) + ":b", key, without);
                    assertThat(sample(found)).as(what).isEqualTo(a.differences(b, without));
                }
            }
        }
    }

    private void equal(String one, String other, String key, List<String> without, String what) {
        Map<String, Object> found = diff(one, other, key, without);
        assertThat(found)
                .as(what + " " + found)
                .containsEntry("status", "equal")
                .containsEntry("equal_rows", (long) ROWS)
                .containsEntry("different_buckets", 0L);
        hashedBy(found, "a", one, without);
        hashedBy(found, "b", other, without);
    }

    /** Servers do it themselves wherever they can. */
    private static void hashedBy(Map<String, Object> found, String side, String dataset, List<String> without) {
        String by = dataset.startsWith("pg:")
                ? "postgresql"
                : dataset.startsWith("my:") && !without.isEmpty() ? "mysql" : "engine";
        assertThat(((Map<?, ?>) Objects.requireNonNull(found.get(side))).get("hashed_by"))
                .as(dataset)
                .isEqualTo(by);
    }

    private Map<String, Object> diff(String a, String b, String key, List<String> without) {
        List<String> arguments = new ArrayList<>(List.of("diff", a, b, "--key", key, "--limit", "1000"));
        if (!without.isEmpty()) {
            arguments.addAll(List.of("--exclude", String.join(",", without)));
        }
        Map<String, Object> document = hw.json(arguments.toArray(new String[0]));
        assertThat(document).containsKey("status");
        return document;
    }

    private static List<String> sample(Map<String, Object> document) {
        List<String> found = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(document.get("sample"))) {
            Map<?, ?> difference = (Map<?, ?>) each;
            List<?> columns = (List<?>) Objects.requireNonNull(difference.get("columns"));
            found.add(((Map<?, ?>) Objects.requireNonNull(difference.get("key"))).get("id") + " "
                    + difference.get("kind") + " "
                    + columns.stream()
                            .map(column -> ((Map<?, ?>) column).get("name"))
                            .toList());
        }
        found.sort((one, other) -> Long.compare(id(one), id(other)));
        return found;
    }

    private static long id(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private void load(RandomRows a, RandomRows b, TestDatabase postgres, TestDatabase maria) {
        hw.write("headworks.yml", """
                project: {name: pairs, id: 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a24}
                connections:
                  landing: {type: files, path: data}
                  duck: {type: duckdb, path: duck.duckdb}
                  lite: {type: sqlite, path: lite.sqlite}
                  lake: {type: parquet, path: lake}
                """ + server("pg", "postgresql", postgres) + server("my", "mysql", maria));
        hw.write("data/a.ndjson", a.ndjson());
        hw.write("data/b.ndjson", b.ndjson());
        for (String system : SYSTEMS) {
            for (String table : List.of("a", "b")) {
                hw.write("pipelines/" + system + "_" + table + ".yml", """
                        pipeline:
                          name: %s_%s
                          extract: {connection: landing, path: %s.ndjson, columns: %s}
                          load: {connection: %s, table: %s, strategy: truncate-reload}
                        """.formatted(
                                system, table, table, RandomRows.types(), system, table));
            }
        }
        Hw.Result run = hw.run("run", "--all", "--quiet");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private String server(String name, String type, TestDatabase database) {
        hw.write(name + ".txt", database.password());
        return "  " + name + ": {type: " + type + ", host: 127.0.0.1, port: " + database.port() + ", database: "
                + database.name() + ", user: " + database.user() + ", password: \"${file:" + name + ".txt}\"}\n";
    }
}
