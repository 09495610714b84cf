package io.headworks.core.spec.format;

import io.headworks.api.check.Measure;
import io.headworks.api.check.Rule;
import io.headworks.core.spec.descriptor.ChoiceKind;
import java.util.List;
import java.util.stream.Collectors;

/** Readable names for checks that have none. */
final class CheckNames {
    private CheckNames() {}

    /** {@code not_null(order_id)}. */
    static String of(Rule rule) {
        String subject = subject(rule);
        return subject.isEmpty() ? rule.key() : rule.key() + "(" + subject + ")";
    }

    private static String subject(Rule rule) {
        if (rule instanceof Rule.References check) {
            return columns(check) + " to " + check.to();
        } else if (rule instanceof Rule.Cardinality check) {
            return columns(check) + " to " + check.to();
        } else if (rule instanceof Rule.Compare check) {
            return check.column() + " " + check.is().operator() + " " + check.to();
        } else if (rule instanceof Rule.OfColumn check) {
            return check.column();
        } else if (rule instanceof Rule.OfColumns check) {
            return columns(check);
        } else if (rule instanceof Rule.Reconcile check) {
            return check.expression() + " with " + check.with();
        } else if (rule instanceof Rule.Condition check) {
            return check.then();
        } else if (rule instanceof Rule.Intervals check) {
            return check.from() + ", " + check.to();
        } else if (rule instanceof Rule.Metric check) {
            return subject(check.measure());
        } else if (rule instanceof Rule.Anomaly check) {
            return subject(check.measure());
        }
        return "";
    }

    private static String columns(Rule.OfColumns check) {
        return String.join(", ", check.columns());
    }

    private static String subject(Measure measure) {
        return measure.of() == Measure.Of.EXPRESSION && measure.sql() != null ? measure.sql() : measure.toString();
    }

    static String word(Enum<?> constant) {
        return ChoiceKind.spelling(constant);
    }

    static String words(List<? extends Enum<?>> constants) {
        return constants.stream().map(CheckNames::word).collect(Collectors.joining(", "));
    }
}
