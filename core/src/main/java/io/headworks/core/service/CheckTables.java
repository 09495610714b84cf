package io.headworks.core.service;

import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.record.CheckDocument;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.loading.InlineChecks;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the checks of check files on whole tables; nothing is loaded and nothing is stopped. */
public final class CheckTables {
    private static final int SAMPLE_ROWS = 5;

    private final Workbench bench;

    public CheckTables(Workbench bench) {
        this.bench = bench;
    }

    /** What a table's checks found. */
    public record Checked(DatasetName table, List<CheckResult> results) {}

    /**
     * Looks at the tables, one after the other, and keeps what was found.
     *
     * @param table as in a check file, with or without its connection; null for every check file
     * @param failing gets the failing rows; null when nobody wants them
     */
    public List<Checked> run(@Nullable String table, @Nullable FailingRowsFile failing) {
        List<CheckFile> files = chosen(table);
        Instant now = bench.setup().clock().instant();
        List<Checked> all = new ArrayList<>();
        try (StateDatabase state = bench.state().open()) {
            ChecksSeen seen = new ChecksSeen(state, bench.project(), Secrets.masker(bench.project()), now);
            for (CheckFile file : files) {
                all.add(new Checked(file.table(), seen.judge(file, found(file, now, failing))));
            }
        }
        return all;
    }

    private List<CheckResult> found(CheckFile file, Instant now, @Nullable FailingRowsFile failing) {
        try (Workbench.Session session = bench.open()) {
            EngineSession engine = session.engine();
            engine.values(
                    Map.of("now", now, "env", bench.project().environment().name()));
            DatasetRows datasets = new DatasetRows(bench, session);
            for (DatasetUse use : file.uses()) {
                engine.bind(use.written(), datasets.read(use.dataset()));
            }
            Relation rows = datasets.read(file.table());
            CheckScope scope = new CheckScope(rows, rows, now, SAMPLE_ROWS);
            List<CheckResult> results = engine.check(scope, file.checks());
            if (failing != null) {
                results.forEach(result ->
                        failing.add(engine, scope, result, file.table().toString()));
            }
            return results;
        }
    }

    private List<CheckFile> chosen(@Nullable String table) {
        List<CheckFile> files = bench.project().checkedTables();
        List<CheckFile> given =
                files.stream().filter(file -> InlineChecks.isOne(file.place())).toList();
        if (!given.isEmpty()) {
            return given;
        } else if (table == null) {
            if (files.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot check: the project has no check file and no contract",
                        "write one below checks/, beginning with checks: {table: …, run: […]}");
            }
            return files;
        }
        List<CheckFile> chosen = files.stream()
                .filter(file -> file.table().toString().equals(table)
                        || file.table().table().toString().equals(table)
                        || file.table().table().table().equals(table))
                .toList();
        if (chosen.isEmpty()) {
            List<String> names = files.stream()
                    .map(file -> file.table().toString())
                    .distinct()
                    .toList();
            String near = Nearest.to(table, names);
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot check " + table + ": no check file and no contract names it (allowed: "
                            + (names.isEmpty() ? "none" : String.join(", ", names)) + ")",
                    near == null
                            ? "name checks: hw check " + table + " --check \"not_null: id\""
                            : "did you mean " + near + "?");
        }
        return chosen;
    }

    /** The public document of {@code hw check}. */
    public static Map<String, @Nullable Object> document(List<Checked> all) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(
                "checks",
                all.stream()
                        .flatMap(each -> each.results().stream()
                                .map(result ->
                                        CheckDocument.of(result, each.table().toString())))
                        .toList());
        return tree;
    }

    /** 1 when a check failed or could not run, else 0. */
    public static int exitCode(List<Checked> all) {
        return all.stream()
                        .flatMap(each -> each.results().stream())
                        .map(CheckResult::status)
                        .anyMatch(status -> status == CheckResult.Status.FAILED || status == CheckResult.Status.ERROR)
                ? FailureKind.RUN.exitCode()
                : 0;
    }
}
