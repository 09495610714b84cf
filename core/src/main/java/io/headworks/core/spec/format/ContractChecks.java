package io.headworks.core.spec.format;

import io.headworks.api.check.Check;
import io.headworks.api.check.Dimension;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of a contract, as each place needs them that runs them: the gates of a pipeline, and a check of the whole table. */
public final class ContractChecks {
    private final List<CheckDraft> drafts;
    private final String prefix;

    /** @param contract stands before the name of each check, so that none is called like the pipeline's own */
    ContractChecks(List<CheckDraft> drafts, String contract) {
        this.drafts = List.copyOf(drafts);
        this.prefix = "contract " + contract + ": ";
    }

    /** On the batch of a pipeline; row checks reject where it keeps dead letters. */
    public List<Check> beforeLoad(boolean deadLetters) {
        List<CheckDraft> before =
                drafts.stream().filter(ContractChecks::isBeforeLoad).toList();
        return named(new CheckDefaults(CheckDefaults.Where.BEFORE_LOAD, deadLetters, new Problems()).apply(before));
    }

    /** On what a pipeline wrote. */
    public List<Check> afterLoad() {
        List<CheckDraft> after =
                drafts.stream().filter(draft -> !isBeforeLoad(draft)).toList();
        return named(new CheckDefaults(CheckDefaults.Where.AFTER_LOAD, false, new Problems()).apply(after));
    }

    /** Reports what makes no sense wherever it would run. */
    void review(Problems problems) {
        new CheckDefaults(CheckDefaults.Where.BEFORE_LOAD, false, problems)
                .apply(drafts.stream().filter(ContractChecks::isBeforeLoad).toList());
        new CheckDefaults(CheckDefaults.Where.AFTER_LOAD, false, problems)
                .apply(drafts.stream().filter(draft -> !isBeforeLoad(draft)).toList());
    }

    /** On the whole table, under their own names; what is only for gates is left out of them. */
    static List<Check> ofTable(List<CheckDraft> drafts, Problems problems) {
        return new CheckDefaults(CheckDefaults.Where.CHECK_FILE, false, problems)
                .apply(drafts.stream()
                        .map(draft ->
                                new CheckDraft(draft.rule(), anywhere(draft.options()), draft.node(), draft.path()))
                        .toList());
    }

    /** A promise that is written in another form than a check. */
    static CheckDraft promised(Rule rule, String description, Node node, String path) {
        return new CheckDraft(
                rule,
                new CheckDraft.Options(null, Severity.P1, Threshold.NONE, null, null, null, null, null, description),
                node,
                path);
    }

    private static CheckDraft.Options anywhere(CheckDraft.Options options) {
        @Nullable Dimension dimension = options.dimension();
        return new CheckDraft.Options(
                options.name(),
                options.severity(),
                options.warnAbove(),
                options.failAbove(),
                options.where(),
                null,
                dimension,
                options.onFail() == OnFail.REJECT ? null : options.onFail(),
                options.description());
    }

    private static boolean isBeforeLoad(CheckDraft draft) {
        Scope scope = draft.options().scope();
        return scope == null ? draft.rule().isRowRule() : scope == Scope.BATCH;
    }

    /** The same checks under names that no check of a pipeline has. */
    public List<Check> named(List<Check> checks) {
        return checks.stream()
                .map(check -> new Check(
                        prefix + check.name(),
                        check.rule(),
                        check.severity(),
                        check.warnAbove(),
                        check.failAbove(),
                        check.where(),
                        check.scope(),
                        check.dimension(),
                        check.onFail(),
                        check.description()))
                .toList();
    }
}
