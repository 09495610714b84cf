package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.FailPoint;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.SqlRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks over a relation: planned together, one result for each, in order. A check that cannot run is an ERROR of
 * its own and the others still run; a cancellation or a lack of memory ends them all with its exception.
 */
public final class CheckRunner {
    private final Map<String, Object> values;

    public CheckRunner() {
        this(Map.of());
    }

    /** @param values of {@code {{ … }}} in users' SQL; {@code now} is the scope's where it is not among them */
    public CheckRunner(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public List<CheckResult> run(SqlRunner sql, CheckScope scope, List<Check> checks, Datasets datasets) {
        return run(sql, scope, plan(sql, scope, checks, datasets), datasets);
    }

    /** Runs a plan made for these very rows and datasets. */
    List<CheckResult> run(SqlRunner sql, CheckScope scope, CheckPlan plan, Datasets datasets) {
        List<Check> checks = plan.checks();
        Answers answers = new Answers();
        plan.refused().forEach(answers::refuse);
        for (Probe probe : plan.probes()) {
            FailPoint.K10.pass();
            answer(sql, probe, answers);
        }
        List<CheckResult> results = new ArrayList<>();
        Samples samples = new Samples(scope, datasets, queries(sql, scope, datasets));
        for (int i = 0; i < checks.size(); i++) {
            CheckResult result = new Verdict(i, checks.get(i), scope.relation().schema(), answers).result();
            results.add(withSamples(sql, scope, samples, result));
        }
        return results;
    }

    /** What {@link #run} would ask, and how. Reads statistics, no rows. */
    public CheckPlan plan(SqlRunner sql, CheckScope scope, List<Check> checks, Datasets datasets) {
        List<String> columns = checks.stream()
                .flatMap(check -> Questions.columns(check.rule()).stream())
                .toList();
        RelationFacts facts = FactsReader.read(sql, scope.relation(), columns);
        return CheckPlanner.plan(scope, checks, datasets, facts, queries(sql, scope, datasets));
    }

    /** All failing rows of a check, each as a JSON text; empty for a rule that points at none. Compiled, not run. */
    public Optional<Relation> failing(SqlRunner sql, CheckScope scope, Check check, Datasets datasets) {
        CheckScope whole = new CheckScope(scope.relation(), scope.table(), scope.now(), Integer.MAX_VALUE);
        return new Samples(whole, datasets, queries(sql, scope, datasets)).all(check);
    }

    private FailingRowsQuery queries(SqlRunner sql, CheckScope scope, Datasets datasets) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.putIfAbsent("now", scope.now());
        return FailingRowsQuery.over(sql, datasets, all);
    }

    private static void answer(SqlRunner sql, Probe probe, Answers answers) {
        @Nullable String trouble;
        try {
            trouble = Rehearsal.complaint(sql, probe.sql()).orElse(null);
            if (trouble == null) {
                trouble = ask(sql, probe, answers);
            }
        } catch (HeadworksException failed) {
            trouble = ofOneCheck(failed);
        }
        if (trouble != null) {
            answerParts(sql, probe, answers, trouble);
        }
    }

    /** Null when it was answered. */
    private static @Nullable String ask(SqlRunner sql, Probe probe, Answers answers) {
        List<Optional<String>> values = sql.query(
                        probe.sql(), row -> values(row, probe.questions().size()))
                .get(0);
        if (probe.form() == Probe.Form.BITMAP && values.contains(Optional.<String>empty())) {
            return "statistics do not hold";
        }
        for (int i = 0; i < values.size(); i++) {
            answers.put(probe.questions().get(i), values.get(i).orElse(null));
        }
        return null;
    }

    private static List<Optional<String>> values(ResultSet row, int columns) throws SQLException {
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            @Nullable String value = row.getString(i);
            values.add(Optional.ofNullable(value));
        }
        return values;
    }

    /** One bad question must not take the others of its statement down: each is asked alone. */
    private static void answerParts(SqlRunner sql, Probe probe, Answers answers, String why) {
        List<Probe> parts = probe.split();
        if (parts.isEmpty()) {
            probe.checks().forEach(check -> answers.refuse(check, sentence(why)));
        }
        parts.forEach(part -> answer(sql, part, answers));
    }

    private static CheckResult withSamples(SqlRunner sql, CheckScope scope, Samples samples, CheckResult result) {
        boolean wanted = result.status() == Status.FAILED || result.status() == Status.WARNED;
        if (!wanted || scope.sampleRows() == 0) {
            return result;
        }
        try {
            List<String> rows = samples.select(result.check())
                    .map(select -> sql.query(select, row -> row.getString(1)))
                    .orElse(List.of());
            return result.withSamples(rows);
        } catch (HeadworksException failed) {
            // counting the rows of a user's SQL does not compute its columns: they may fail only now
            String error = Unfit.sentence(result.check(), sentence(ofOneCheck(failed)));
            return CheckResult.error(result.check(), result.rows(), error);
        }
    }

    /** The sentence of a failure that is one check's own; others end the run of all. */
    private static String ofOneCheck(HeadworksException failed) {
        if (failed.kind() == FailureKind.CANCELLED || failed.kind() == FailureKind.RESOURCES) {
            throw failed;
        }
        return String.valueOf(failed.getMessage());
    }

    /** The engine's sentence on one line, without where in our SQL it stumbled. */
    private static String sentence(String message) {
        if (message.contains("transaction is aborted")) {
            return "an earlier statement of this transaction failed";
        }
        String first = message.lines().findFirst().orElse(message);
        return first.replaceFirst("^Cannot run a statement: ", "").strip();
    }
}
