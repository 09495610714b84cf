package io.headworks.core.service;

import io.headworks.api.check.CheckResult;
import io.headworks.core.report.JUnitXml;
import io.headworks.core.report.JUnitXml.Case;
import io.headworks.core.report.JUnitXml.Outcome;
import io.headworks.core.report.JUnitXml.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What checks of tables found, in the form that build servers read: a suite for each table. */
public final class CheckReport {

    private CheckReport() {}

    /** @param masked takes secrets out of what is written */
    public static String junit(List<CheckTables.Checked> all, UnaryOperator<String> masked) {
        List<Suite> suites = new ArrayList<>();
        for (CheckTables.Checked checked : all) {
            String table = checked.table().toString();
            suites.add(new Suite(
                    table,
                    checked.results().stream().map(result -> one(table, result)).toList()));
        }
        return JUnitXml.of(suites, masked);
    }

    private static Case one(String table, CheckResult result) {
        Outcome outcome = switch (result.status()) {
            case PASSED, WARNED -> Outcome.PASSED;
            case FAILED -> Outcome.FAILED;
            case ERROR -> Outcome.ERROR;
            case UNVERIFIED -> Outcome.SKIPPED;
        };
        return new Case(table, result.check().name(), null, 0, outcome, lines(result));
    }

    private static List<String> lines(CheckResult result) {
        List<String> lines = new ArrayList<>();
        if (result.error() != null) {
            lines.add(result.error());
        } else {
            String observed = result.observed() == null ? "" : ": " + result.observed();
            lines.add(result.failingRows() + " of " + result.rows() + " rows fail" + observed);
        }
        lines.addAll(result.samples());
        return lines;
    }
}
