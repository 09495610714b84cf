package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.FailPoint;
import io.headworks.duckdb.sql.Datasets;
import io.headworks.duckdb.sql.SqlRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks over a relation: planned together, one result for each, in order. A check that cannot run is an ERROR of
 * its own and the others still run; a cancellation or a lack of memory ends them all with its exception.
 */
public final class CheckRunner {

    public List<CheckResult> run(SqlRunner sql, CheckScope scope, List<Check> checks, Datasets datasets) {
        CheckPlan plan = plan(sql, scope, checks, datasets);
        Answers answers = new Answers();
        plan.refused().forEach(answers::refuse);
        for (Probe probe : plan.probes()) {
            FailPoint.K10.pass();
            answer(sql, probe, answers);
        }
        List<CheckResult> results = new ArrayList<>();
        Samples samples = new Samples(scope, datasets);
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
        return CheckPlanner.plan(scope, checks, datasets, facts);
    }

    private static void answer(SqlRunner sql, Probe probe, Answers answers) {
        Optional<String> complaint = Rehearsal.complaint(sql, probe.sql());
        if (complaint.isPresent()) {
            answerParts(sql, probe, answers, complaint.get());
            return;
        }
        List<Optional<String>> values;
        try {
            values = ask(sql, probe);
        } catch (HeadworksException failed) {
            if (failed.kind() == FailureKind.CANCELLED || failed.kind() == FailureKind.RESOURCES) {
                throw failed;
            }
            answerParts(sql, probe, answers, String.valueOf(failed.getMessage()));
            return;
        }
        boolean doesNotFit = probe.form() == Probe.Form.BITMAP && values.contains(Optional.<String>empty());
        if (doesNotFit) {
            answerParts(sql, probe, answers, "statistics do not hold");
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            answers.put(probe.questions().get(i), values.get(i).orElse(null));
        }
    }

    /** One bad question must not take the others of its statement down: each is asked alone. */
    private static void answerParts(SqlRunner sql, Probe probe, Answers answers, String why) {
        List<Probe> parts = probe.split();
        if (parts.isEmpty()) {
            probe.checks().forEach(check -> answers.refuse(check, sentence(why)));
        }
        parts.forEach(part -> answer(sql, part, answers));
    }

    private static List<Optional<String>> ask(SqlRunner sql, Probe probe) {
        return sql.query(probe.sql(), row -> {
                    List<Optional<String>> values = new ArrayList<>();
                    for (int i = 1; i <= probe.questions().size(); i++) {
                        @Nullable String value = row.getString(i);
                        values.add(Optional.ofNullable(value));
                    }
                    return values;
                })
                .get(0);
    }

    private static CheckResult withSamples(SqlRunner sql, CheckScope scope, Samples samples, CheckResult result) {
        boolean wanted = result.status() == Status.FAILED || result.status() == Status.WARNED;
        if (!wanted || scope.sampleRows() == 0) {
            return result;
        }
        List<String> rows = samples.select(result.check())
                .map(select -> sql.query(select, row -> row.getString(1)))
                .orElse(List.of());
        return new CheckResult(
                result.check(),
                result.status(),
                result.rows(),
                result.failingRows(),
                result.observed(),
                rows,
                result.error());
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
