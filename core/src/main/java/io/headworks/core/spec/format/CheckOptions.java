package io.headworks.core.spec.format;

import io.headworks.api.check.Dimension;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Described;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of every check. */
final class CheckOptions {
    private static final Key<String> NAME =
            Key.of("name", Scalars.TEXT, "A name of its own; without it, one made of the rule and its columns.");
    private static final Key<Severity> SEVERITY = Key.of(
                    "severity", ChoiceKind.of(severities()), "How bad a failure is, P0 worst.")
            .byDefault(Severity.P1, "P1");
    private static final Key<Threshold> WARN_ABOVE = Key.of(
                    "warn_above", Scalars.THRESHOLD, "Failing rows above which the check warns.")
            .byDefault(Threshold.NONE, "0");
    private static final Key<Threshold> FAIL_ABOVE = Key.of(
                    "fail_above",
                    Scalars.THRESHOLD,
                    "Failing rows above which the check fails. Default: 0; 100% where failing rows are rejected, so that max_rejected decides.")
            .like("1%");
    private static final Key<String> WHERE = Key.of("where", Expressions.CONDITION, "Only rows for which this is true.")
            .like("\"status = 'paid'\"");
    private static final Key<Scope> SCOPE = Key.of(
            "scope",
            ChoiceKind.of(List.of(Scope.values())),
            "Which rows: those to be loaded, those this run wrote, or the whole table. Default: batch before the load, table in check files; after the load touched for row checks, unique and volume per run, else table.");
    private static final Key<Dimension> DIMENSION = Key.of(
            "dimension",
            ChoiceKind.of(List.of(Dimension.values())),
            "The dimension of quality. Default: the rule's own.");
    private static final Key<OnFail> ON_FAIL = Key.of(
            "on_fail",
            ChoiceKind.of(List.of(OnFail.values())),
            "What a failure does. Default: stop for P0 and P1, reject for their row checks before the load with error strategy dead-letter, record for P2 and P3 and for checks that run after COMMIT.");
    private static final Key<String> DESCRIPTION = Key.of("description", Scalars.TEXT, "What the check is for.");

    static final Described.Shared SHARED = new Described.Shared(
            "Options of every check",
            List.of(NAME, SEVERITY, WARN_ABOVE, FAIL_ABOVE, WHERE, SCOPE, DIMENSION, ON_FAIL, DESCRIPTION));

    private CheckOptions() {}

    static CheckDraft.Options of(Values values) {
        return new CheckDraft.Options(
                values.find(NAME),
                values.get(SEVERITY),
                values.get(WARN_ABOVE),
                values.find(FAIL_ABOVE),
                values.find(WHERE),
                values.find(SCOPE),
                values.find(DIMENSION),
                values.find(ON_FAIL),
                values.find(DESCRIPTION));
    }

    private static Map<String, Severity> severities() {
        Map<String, Severity> words = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            words.put(severity.name(), severity);
        }
        return words;
    }
}
