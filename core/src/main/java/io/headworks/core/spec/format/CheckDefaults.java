package io.headworks.core.spec.format;

import io.headworks.api.check.Check;
import io.headworks.api.check.Dimension;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.core.spec.descriptor.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in what checks leave out, by where they stand; refuses what makes no sense there. */
final class CheckDefaults {
    private static final Threshold EVERY_ROW = new Threshold(BigDecimal.ONE, true);
    private final Where where;
    private final boolean deadLetters;
    private final Problems problems;

    /** Where a list of checks stands. */
    enum Where {
        BEFORE_LOAD("before the load"),
        AFTER_LOAD("after the load"),
        CHECK_FILE("in a check file");

        private final String phrase;

        Where(String phrase) {
            this.phrase = phrase;
        }

        private List<Scope> scopes() {
            return switch (this) {
                case BEFORE_LOAD -> List.of(Scope.BATCH);
                case AFTER_LOAD -> List.of(Scope.TOUCHED, Scope.TABLE);
                case CHECK_FILE -> List.of(Scope.TABLE);
            };
        }
    }

    CheckDefaults(Where where, boolean deadLetters, Problems problems) {
        this.where = where;
        this.deadLetters = deadLetters;
        this.problems = problems;
    }

    /** The checks, each with a name of its own. */
    List<Check> apply(List<CheckDraft> drafts) {
        Map<String, CheckDraft> names = new HashMap<>();
        List<Check> checks = new ArrayList<>();
        for (CheckDraft draft : drafts) {
            Check check = check(draft, name(draft, names));
            if (check != null) {
                checks.add(check);
            }
        }
        return checks;
    }

    private String name(CheckDraft draft, Map<String, CheckDraft> names) {
        String given = draft.options().name();
        String name = given == null ? CheckNames.of(draft.rule()) : given;
        CheckDraft earlier = names.putIfAbsent(name, draft);
        if (earlier == null) {
            return name;
        }
        if (given != null
                || (earlier.rule().equals(draft.rule()) && earlier.options().equals(draft.options()))) {
            refuse(
                    draft,
                    "duplicate-check",
                    "check '" + name + "' stands twice, first on line "
                            + earlier.node().line(),
                    given == null ? "remove one of them" : "give it another name");
            return name;
        }
        int number = 2;
        while (names.putIfAbsent(name + " " + number, draft) != null) {
            number++;
        }
        return name + " " + number;
    }

    private @Nullable Check check(CheckDraft draft, String name) {
        CheckDraft.Options options = draft.options();
        Rule rule = draft.rule();
        Scope scope = options.scope() == null ? scope(rule) : options.scope();
        OnFail onFail = options.onFail() == null ? onFail(rule, options.severity()) : options.onFail();
        if (!allowed(draft, scope, onFail)) {
            return null;
        }
        Threshold failAbove = options.failAbove() != null
                ? options.failAbove()
                : onFail == OnFail.REJECT ? EVERY_ROW : Threshold.NONE;
        Dimension dimension = options.dimension() == null ? rule.dimension() : options.dimension();
        return new Check(
                name,
                rule,
                options.severity(),
                options.warnAbove(),
                failAbove,
                options.where(),
                scope,
                dimension,
                onFail,
                options.description());
    }

    private Scope scope(Rule rule) {
        if (where != Where.AFTER_LOAD) {
            return where.scopes().get(0);
        }
        boolean touched =
                rule instanceof Rule.Volume volume ? volume.perRun() : rule.isRowRule() || rule instanceof Rule.Unique;
        return touched ? Scope.TOUCHED : Scope.TABLE;
    }

    private OnFail onFail(Rule rule, Severity severity) {
        if (rule.isAfterCommit() || severity.compareTo(Severity.P1) > 0) {
            return OnFail.RECORD;
        }
        return rejects(rule) && deadLetters ? OnFail.REJECT : OnFail.STOP;
    }

    private boolean rejects(Rule rule) {
        return rule.isRowRule() && where == Where.BEFORE_LOAD;
    }

    private boolean allowed(CheckDraft draft, Scope scope, OnFail onFail) {
        if (!where.scopes().contains(scope)) {
            refuse(
                    draft,
                    "invalid-value",
                    "scope " + CheckNames.word(scope) + " makes no sense " + where.phrase + " (allowed: "
                            + CheckNames.words(where.scopes()) + ")",
                    null);
            return false;
        }
        if (draft.rule().isAfterCommit() && where == Where.BEFORE_LOAD) {
            refuse(
                    draft,
                    "invalid-value",
                    "it runs after COMMIT and cannot stand before the load",
                    "move it to post_load");
            return false;
        }
        if (draft.rule().isAfterCommit() && onFail != OnFail.RECORD) {
            refuse(
                    draft,
                    "invalid-value",
                    "on_fail " + CheckNames.word(onFail)
                            + " makes no sense: it runs after COMMIT and never keeps data out (allowed: record)",
                    null);
            return false;
        }
        boolean ofWholeRuns = draft.rule() instanceof Rule.Volume volume
                && volume.perRun()
                && (volume.change() != null || where == Where.CHECK_FILE);
        if (ofWholeRuns && draft.options().where() != null) {
            refuse(
                    draft,
                    "invalid-value",
                    "where makes no sense with volumes of runs that ended: whole runs are looked at",
                    "write per: table, or remove where");
            return false;
        }
        if (onFail == OnFail.REJECT && !rejects(draft.rule())) {
            refuse(
                    draft,
                    "invalid-value",
                    "on_fail reject makes no sense: only row checks before the load can reject rows (allowed: stop, record)",
                    null);
            return false;
        }
        return true;
    }

    private void refuse(CheckDraft draft, String code, String reason, @Nullable String hint) {
        problems.error(draft.node().place(), code, "Cannot use " + draft.path() + ": " + reason, hint);
    }
}
