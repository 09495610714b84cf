package io.headworks.core.proof;

import io.headworks.core.json.Json;
import io.headworks.core.proof.TestResult.Status;
import io.headworks.core.report.JUnitXml;
import io.headworks.core.report.JUnitXml.Case;
import io.headworks.core.report.JUnitXml.Outcome;
import io.headworks.core.report.JUnitXml.Suite;
import io.headworks.core.spec.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Results of tests in the form that build servers read: a suite for each file of tests. */
public final class JUnitReport {

    private JUnitReport() {}

    /** @param masked takes secrets out of what is written */
    public static String of(List<TestResult> results, UnaryOperator<String> masked) {
        Map<String, List<Case>> files = new LinkedHashMap<>();
        results.forEach(result -> files.computeIfAbsent(result.test().place().file(), file -> new ArrayList<>())
                .add(test(result)));
        List<Suite> suites = new ArrayList<>();
        files.forEach((file, cases) -> suites.add(new Suite(file, cases)));
        return JUnitXml.of(suites, masked);
    }

    private static Case test(TestResult result) {
        Outcome outcome = result.status() == Status.PASSED
                ? Outcome.PASSED
                : result.status() == Status.FAILED ? Outcome.FAILED : Outcome.ERROR;
        Place place = result.test().place();
        return new Case(
                result.test().pipeline(),
                result.test().name(),
                place,
                result.seconds(),
                outcome,
                outcome == Outcome.PASSED ? List.of() : lines(result));
    }

    /** What is wrong, a line each. */
    static List<String> lines(TestResult result) {
        List<String> lines = new ArrayList<>(result.messages());
        result.differences()
                .forEach(each -> lines.add(each.table() + ": "
                        + each.kind().name().toLowerCase(Locale.ROOT) + " row " + Json.compact(each.key())
                        + (each.column() == null ? "" : ", column " + each.column())
                        + (each.expected() == null && each.column() == null
                                ? ""
                                : ", expected " + Json.compact(each.expected()))
                        + (each.actual() == null && each.column() == null
                                ? ""
                                : ", is " + Json.compact(each.actual()))));
        return lines;
    }
}
