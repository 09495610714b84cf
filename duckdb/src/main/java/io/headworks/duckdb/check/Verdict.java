package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.check.Question.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the answers mean for one check. A check that had nothing to look at is never passed. */
record Verdict(int index, Check check, Schema schema, Answers answers) {

    /** The result without samples. */
    CheckResult result() {
        String error = answers.error(index);
        if (error != null) {
            return new CheckResult(check, Status.ERROR, rows(), 0, null, List.of(), Unfit.sentence(check, error));
        }
        Rule rule = check.rule();
        if (rule instanceof Rule.Volume volume) {
            return volume(volume);
        } else if (rule instanceof Rule.Freshness) {
            return freshness();
        } else if (rule instanceof Rule.Distribution) {
            return distribution();
        } else if (rule instanceof Rule.Reconcile reconcile) {
            return new Reconciliation(answers.text(index, Part.OBSERVED), answers.text(index, Part.EXPECTED))
                    .result(check, reconcile, rows());
        } else if (rule instanceof Rule.ColumnType columnType) {
            return columnType(columnType);
        } else if (rule instanceof Rule.SchemaIs schemaIs) {
            return schemaIs(schemaIs);
        }
        return counted(answers.count(index, Part.FAILING));
    }

    private long rows() {
        return answers.count(index, Part.ROWS);
    }

    private CheckResult counted(long failing) {
        Status status = failing == 0 && rows() == 0 ? Status.UNVERIFIED : status(check, failing, rows());
        return new CheckResult(check, status, rows(), failing, null, List.of(), null);
    }

    static Status status(Check check, long failing, long rows) {
        if (failing == 0) {
            return Status.PASSED;
        } else if (check.failAbove().isExceededBy(failing, rows)) {
            return Status.FAILED;
        }
        return check.warnAbove().isExceededBy(failing, rows) ? Status.WARNED : Status.PASSED;
    }

    private CheckResult volume(Rule.Volume volume) {
        Long min = volume.min();
        Long max = volume.max();
        if ((min != null && rows() < min) || (max != null && rows() > max)) {
            return measured(true, Long.toString(rows()));
        } else if (volume.change() != null || (rows() == 0 && min == null)) {
            return unverified(Long.toString(rows()));
        }
        return measured(false, Long.toString(rows()));
    }

    private CheckResult freshness() {
        String newest = answers.text(index, Part.OBSERVED);
        long later = answers.count(index, Part.LEFT_OUT);
        String observed = rows() == 0 ? "no rows" : newest == null ? "no value" : newest;
        String leftOut = later == 0 ? "" : " (" + later + " values in the future left out)";
        return measured(newest == null || answers.count(index, Part.FAILING) > 0, observed + leftOut);
    }

    private CheckResult distribution() {
        String failing = answers.text(index, Part.FAILING);
        if (failing == null) {
            return unverified(rows() == 0 ? "no rows" : "no value");
        }
        return measured(!failing.equals("0"), answers.text(index, Part.OBSERVED));
    }

    private CheckResult columnType(Rule.ColumnType rule) {
        Field field = Unfit.column(schema, rule.column());
        return measured(!field.type().equals(rule.type()), field.type().toString());
    }

    private CheckResult schemaIs(Rule.SchemaIs rule) {
        List<String> differences = new ArrayList<>();
        rule.columns()
                .forEach((name, type) -> schema.field(name)
                        .ifPresentOrElse(
                                field -> {
                                    if (!field.type().equals(type)) {
                                        differences.add(name + " is " + field.type() + " instead of " + type);
                                    }
                                },
                                () -> differences.add(name + " is missing")));
        if (!rule.extraAllowed()) {
            schema.names().stream()
                    .filter(name -> !rule.columns().containsKey(name))
                    .forEach(name -> differences.add(name + " is extra"));
        }
        return measured(!differences.isEmpty(), differences.isEmpty() ? "as declared" : String.join("; ", differences));
    }

    private CheckResult unverified(String observed) {
        return new CheckResult(check, Status.UNVERIFIED, rows(), 0, observed, List.of(), null);
    }

    private CheckResult measured(boolean fails, @Nullable String observed) {
        return measured(check, rows(), fails, observed);
    }

    /** A set rule fails as a whole: 1 of 1. */
    static CheckResult measured(Check check, long rows, boolean fails, @Nullable String observed) {
        long failing = fails ? 1 : 0;
        return new CheckResult(check, status(check, failing, 1), rows, failing, observed, List.of(), null);
    }
}
