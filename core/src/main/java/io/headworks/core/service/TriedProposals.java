package io.headworks.core.service;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.CheckResult.Status;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Severity;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.core.imports.YamlText;
import io.headworks.core.profile.ProposedCheck;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs proposed checks over the whole table, and leaves out what does not hold there or is checked already. */
final class TriedProposals {
    /** A rule that more rows break is no rule. */
    private static final double MOST_FAILING = 0.02;

    private final Project project;
    private final EngineSession engine;
    private final Instant now;

    TriedProposals(Project project, EngineSession engine, Instant now) {
        this.project = project;
        this.engine = engine;
        this.now = now;
    }

    /** Those that hold, with a share that may fail where a few rows do. */
    List<ProposedCheck> of(DatasetName table, Relation rows, List<ProposedCheck> proposed) {
        List<Check> existing = existing(table);
        List<ProposedCheck> news = proposed.stream()
                .filter(each -> existing.stream().noneMatch(check -> covers(check.rule(), each.rule())))
                .filter(TriedProposals::canBeWritten)
                .toList();
        CheckScope scope = new CheckScope(rows, rows, now, 0);
        List<CheckResult> results =
                engine.check(scope, news.stream().map(ProposedCheck::asCheck).toList());
        List<ProposedCheck> holding = new ArrayList<>();
        for (int i = 0; i < news.size(); i++) {
            add(news.get(i), results.get(i), holding);
        }
        return holding;
    }

    private static void add(ProposedCheck proposed, CheckResult result, List<ProposedCheck> holding) {
        boolean ofRuns = proposed.rule() instanceof Rule.Volume volume && volume.perRun();
        if (ofRuns || result.status() == Status.PASSED || result.status() == Status.WARNED) {
            holding.add(proposed);
        } else if (result.status() == Status.FAILED
                && proposed.rule().isRowRule()
                && proposed.severity() != Severity.P1
                && result.failingRows() <= MOST_FAILING * result.rows()) {
            holding.add(proposed.allBut(result.failingRows(), result.rows()));
        }
    }

    /** What looks like a variable to a project file would be one. */
    private static boolean canBeWritten(ProposedCheck proposed) {
        String text = YamlText.inline(proposed.written());
        return !text.contains("${") && !text.contains("{{");
    }

    private List<Check> existing(DatasetName table) {
        List<Check> all = new ArrayList<>();
        project.producer(table).ifPresent(producer -> all.addAll(gates(producer)));
        for (CheckFile file : project.checkedTables()) {
            if (file.table().equals(table)) {
                all.addAll(file.checks());
            }
        }
        return all;
    }

    private static List<Check> gates(PipelineSpec pipeline) {
        List<Check> gates = new ArrayList<>(pipeline.preLoad());
        gates.addAll(pipeline.postLoad());
        return gates;
    }

    /** True where a rule of this kind looks at these columns: how, a person has decided. */
    private static boolean covers(Rule existing, Rule proposed) {
        if (existing.getClass() != proposed.getClass()) {
            return false;
        } else if (existing instanceof Rule.Volume one && proposed instanceof Rule.Volume other) {
            return one.perRun() == other.perRun();
        } else if (existing instanceof Rule.NotNull) {
            return columns(existing).containsAll(columns(proposed));
        }
        return columns(existing).equals(columns(proposed));
    }

    private static List<String> columns(Rule rule) {
        List<String> columns = rule instanceof Rule.OfColumn one
                ? List.of(one.column())
                : rule instanceof Rule.OfColumns several ? several.columns() : List.of();
        return columns.stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }
}
