package io.headworks.core.spec.format;

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
        if (rule instanceof Rule.NotNull check) {
            return String.join(", ", check.columns());
        } else if (rule instanceof Rule.Unique check) {
            return String.join(", ", check.columns());
        } else if (rule instanceof Rule.Range check) {
            return check.column();
        } else if (rule instanceof Rule.Accepted check) {
            return check.column();
        } else if (rule instanceof Rule.Pattern check) {
            return check.column();
        } else if (rule instanceof Rule.Length check) {
            return check.column();
        } else if (rule instanceof Rule.ColumnType check) {
            return check.column();
        } else if (rule instanceof Rule.References check) {
            return String.join(", ", check.columns()) + " to " + check.to();
        } else if (rule instanceof Rule.Freshness check) {
            return check.column();
        } else if (rule instanceof Rule.Distribution check) {
            return check.column();
        } else if (rule instanceof Rule.Reconcile check) {
            return check.expression() + " with " + check.with();
        }
        return "";
    }

    static String word(Enum<?> constant) {
        return ChoiceKind.spelling(constant);
    }

    static String words(List<? extends Enum<?>> constants) {
        return constants.stream().map(CheckNames::word).collect(Collectors.joining(", "));
    }
}
