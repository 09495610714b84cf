package io.headworks.duckdb.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.duckdb.check.Probe.Form;
import io.headworks.duckdb.check.RelationFacts.Access;
import io.headworks.duckdb.check.RelationFacts.ColumnFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random checks over random tables give the same counts in every form, whatever statistics say, as plain SQL does. */
class EveryFormTest {
    private static final int TABLES = 25;
    private static final int CHECKS = 24;

    private final long seed = Long.getLong("headworks.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private CheckBench bench;

    /** A check, and plain SQL that counts its failing rows in table t. */
    private record Plain(Check check, String sql) {}

    @BeforeEach
    void open(@TempDir Path temporary) {
        bench = new CheckBench(temporary);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void countsWhatPlainSqlCounts() {
        System.out.println("EveryFormTest -Dheadworks.seed=" + seed);
        Set<Form> seen = EnumSet.noneOf(Form.class);
        for (int table = 0; table < TABLES; table++) {
            makeTable();
            List<Plain> plain = checks();
            List<Long> expected =
                    plain.stream().map(each -> bench.sql().number(each.sql())).toList();
            for (RelationFacts facts : facts()) {
                seen.addAll(compare(plain, expected, facts));
            }
        }
        assertThat(seen)
                .contains(Form.LONE_COUNTS, Form.BY_VALUE, Form.FUSED, Form.ANTI_JOIN, Form.BITMAP, Form.DISTINCT);
    }

    private Set<Form> compare(List<Plain> plain, List<Long> expected, RelationFacts facts) {
        CheckScope scope = new CheckScope(bench.rows("SELECT * FROM t"), null, CheckBench.NOW, 2);
        List<Check> checks = plain.stream().map(Plain::check).toList();
        CheckPlan plan =
                CheckPlanner.plan(scope, checks, bench.session().datasets(), facts, (check, rule, rows) -> rule.rows());
        List<CheckResult> results =
                new CheckRunner().run(bench.sql(), scope, plan, bench.session().datasets());
        for (int i = 0; i < results.size(); i++) {
            CheckResult result = results.get(i);
            assertThat(result.error()).as("seed %d: %s", seed, plain.get(i)).isNull();
            assertThat(result.failingRows())
                    .as("seed %d, facts %s: %s", seed, facts, plain.get(i))
                    .isEqualTo(expected.get(i));
            assertThat(result.samples().isEmpty()).isEqualTo(result.status() != Status.FAILED);
        }
        Set<Form> forms = EnumSet.noneOf(Form.class);
        plan.probes().forEach(probe -> forms.add(probe.form()));
        return forms;
    }

    /** What the engine says, nothing, and statistics that are stale in any direction. */
    private List<RelationFacts> facts() {
        RelationFacts real = FactsReader.read(bench.sql(), bench.rows("SELECT * FROM t"), List.of("a", "b", "s", "d"));
        Map<String, ColumnFacts> stale = new LinkedHashMap<>();
        stale.put("a", new ColumnFacts(random.nextInt(10_000), "3", "" + (3 + random.nextInt(40))));
        stale.put("b", new ColumnFacts(2, "0", "" + random.nextInt(9)));
        stale.put("s", new ColumnFacts(random.nextInt(10), null, null));
        stale.put("d", new ColumnFacts(random.nextInt(300_000), "2024-01-03", "2024-01-20"));
        return List.of(
                real,
                RelationFacts.UNKNOWN,
                new RelationFacts(Access.STORED, 10_000_000, real.columns()),
                new RelationFacts(Access.STORED, 10_000_000, stale));
    }

    private void makeTable() {
        int rows = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400);
        int range = 1 + random.nextInt(500);
        int nulls = 2 + random.nextInt(30);
        bench.execute("CREATE OR REPLACE TABLE t AS SELECT "
                + orNull(nulls, 1, hashed(2, range) + "::INTEGER - 20") + " AS a, "
                + orNull(nulls, 3, hashed(4, 8) + "::SMALLINT") + " AS b, "
                + orNull(nulls, 5, "['x', 'yy', 'é⛵', '', 'x''y'][1 + " + hashed(6, 5) + "::INTEGER]") + " AS s, "
                + orNull(nulls, 7, "DATE '2024-01-01' + " + hashed(8, range) + "::INTEGER") + " AS d, "
                + orNull(
                        nulls,
                        9,
                        "CASE WHEN " + hashed(10, 9) + " = 0 THEN 'nan'::DOUBLE ELSE " + hashed(11, 100)
                                + " / 10.0 END")
                + " AS f"
                + " FROM range(" + rows + ") r(i)");
        bench.bind("dim", "SELECT i::INTEGER AS id, (i % 7)::SMALLINT AS k FROM range(-20, 200, 3) r(i)");
    }

    private String orNull(int nulls, int salt, String value) {
        return "CASE WHEN " + hashed(salt, nulls) + " = 0 THEN NULL ELSE " + value + " END";
    }

    private String hashed(int salt, int values) {
        return "(hash(i, " + salt + ", " + seed + ") % " + values + ")";
    }

    private List<Plain> checks() {
        List<Plain> checks = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            String where = random.nextInt(4) == 0 ? pick("a > 5", "s = 'x'", "b IS NULL", "f < 5") : null;
            String filter = where == null ? "true" : where;
            checks.add(check(i, where, filter));
        }
        return checks;
    }

    private Plain check(int i, @Nullable String where, String filter) {
        int bound = random.nextInt(60) - 20;
        return switch (random.nextInt(10)) {
            case 0 -> plain(i, where, new Rule.NotNull(List.of("a", "s")), filter, "a IS NULL OR s IS NULL");
            case 1 -> plain(i, where, new Rule.Range("a", "" + bound, null, false, false), filter, "a < " + bound);
            case 2 ->
                plain(i, where, new Rule.Range("f", "2", "7.5", true, false), filter, "f <= 2 OR f > 7.5 OR isnan(f)");
            case 3 -> plain(i, where, new Rule.Accepted("s", List.of("x", "é⛵", "x'y")), filter, "s = 'yy' OR s = ''");
            case 4 -> plain(i, where, new Rule.Pattern("s", "[a-y]*"), filter, "s = 'é⛵' OR s = 'x''y'");
            case 5 -> plain(i, where, new Rule.Length("s", 1L, 2L), filter, "s = '' OR s = 'x''y'");
            case 6 -> unique(i, where, filter, pick("a", "b", "d", "s", "f"));
            case 7 -> unique(i, where, filter, pick("a, b", "b, d", "d, a", "a, s", "b, s, d"));
            case 8 ->
                plain(
                        i,
                        where,
                        new Rule.References(List.of("a"), DatasetName.parse("dim"), List.of("id")),
                        filter,
                        "a NOT IN (SELECT i FROM range(-20, 200, 3) r(i))");
            default ->
                plain(
                        i,
                        where,
                        new Rule.References(List.of("a", "b"), DatasetName.parse("dim"), List.of("id", "k")),
                        filter,
                        "a IS NOT NULL AND b IS NOT NULL AND NOT (a >= -20 AND a < 200 AND (a + 20) % 3 = 0 AND a % 7 = b)");
        };
    }

    private static Plain plain(int i, @Nullable String where, Rule rule, String filter, String bad) {
        Check check = CheckBench.named(rule.key() + i, rule, where, Threshold.NONE, Threshold.NONE);
        return new Plain(check, "SELECT count(*) FROM t WHERE (" + filter + ") AND (" + bad + ")");
    }

    private static Plain unique(int i, @Nullable String where, String filter, String columns) {
        Rule rule = new Rule.Unique(List.of(columns.split(", ")));
        Check check = CheckBench.named("unique" + i, rule, where, Threshold.NONE, Threshold.NONE);
        String complete = columns.replace(", ", " IS NOT NULL AND ") + " IS NOT NULL";
        return new Plain(
                check,
                "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM t WHERE (" + filter + ") AND "
                        + complete + " GROUP BY " + columns + ")");
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
