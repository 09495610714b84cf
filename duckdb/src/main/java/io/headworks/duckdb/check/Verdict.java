package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.Measure;
import io.headworks.api.check.Rule;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.check.Question.Part;
import java.util.Objects;

/** What the answers mean for one check. A check that had nothing to look at is never passed. */
record Verdict(int index, Check check, Schema schema, Answers answers) {

    /** The result without samples. */
    CheckResult result() {
        String error = answers.error(index);
        if (error != null) {
            return CheckResult.error(check, rows(), Unfit.sentence(check, error));
        }
        Rule rule = check.rule();
        if (rule instanceof Rule.Volume volume) {
            return volume(volume);
        } else if (rule instanceof Rule.Freshness) {
            return freshness();
        } else if (rule instanceof Rule.Distribution || rule instanceof Rule.Distinct) {
            return judgedValues();
        } else if (rule instanceof Rule.Metric metric) {
            return metric(metric);
        } else if (rule instanceof Rule.Anomaly anomaly) {
            return measured(anomaly.measure()).kept(check, rows());
        } else if (rule instanceof Rule.Reconcile reconcile) {
            return new Reconciliation(answers.text(index, Part.OBSERVED), answers.text(index, Part.EXPECTED))
                    .result(check, reconcile, rows());
        } else if (rule instanceof Rule.ColumnType columnType) {
            return ColumnsFound.type(check, columnType, schema);
        } else if (rule instanceof Rule.SchemaIs schemaIs) {
            return ColumnsFound.all(check, schemaIs, schema);
        }
        return CheckResult.counted(check, rows(), answers.count(index, Part.FAILING));
    }

    private long rows() {
        return answers.count(index, Part.ROWS);
    }

    private CheckResult volume(Rule.Volume volume) {
        return volume.change() == null ? volume.judge(check, rows()) : unverified(Long.toString(rows()));
    }

    private CheckResult freshness() {
        String newest = answers.text(index, Part.OBSERVED);
        long later = answers.count(index, Part.LEFT_OUT);
        String observed = rows() == 0 ? "no rows" : newest == null ? "no value" : newest;
        String leftOut = later == 0 ? "" : " (" + later + " values in the future left out)";
        return measured(newest == null || answers.count(index, Part.FAILING) > 0, observed + leftOut);
    }

    private CheckResult judgedValues() {
        String failing = answers.text(index, Part.FAILING);
        if (failing == null) {
            return unverified(rows() == 0 ? "no rows" : "no value");
        }
        return measured(!failing.equals("0"), Objects.requireNonNull(answers.text(index, Part.OBSERVED)));
    }

    /** The least or largest value was held against its bounds where its type is known. */
    private CheckResult metric(Rule.Metric metric) {
        Measured found = measured(metric.measure());
        String failing = answers.text(index, Part.FAILING);
        return failing == null ? found.judge(check, metric, rows()) : found.judged(check, !failing.equals("0"), rows());
    }

    private Measured measured(Measure measure) {
        return Measured.of(measure, answers.text(index, Part.OBSERVED), answers.text(index, Part.EXPECTED));
    }

    private CheckResult unverified(String observed) {
        return CheckResult.unverified(check, rows(), observed);
    }

    private CheckResult measured(boolean fails, String observed) {
        return CheckResult.measured(check, rows(), fails, observed);
    }
}
