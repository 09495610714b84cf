package io.headworks.core.service;

import io.headworks.api.check.CheckResult;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.record.CheckDocument;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.descriptor.Nearest;
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

    /** @param table as in a check file, with or without its connection; null for every check file */
    public List<Checked> run(@Nullable String table) {
        List<CheckFile> files = chosen(table);
        Instant now = bench.setup().clock().instant();
        VolumesSeen volumes = new VolumesSeen(bench.project(), now, RunIds.next(now));
        List<Checked> all = new ArrayList<>();
        for (CheckFile file : files) {
            try (Workbench.Session session = bench.open()) {
                session.engine()
                        .values(Map.of(
                                "now", now, "env", bench.project().environment().name()));
                DatasetRows datasets = new DatasetRows(bench, session);
                for (DatasetUse use : file.uses()) {
                    session.engine().bind(use.written(), datasets.read(use.dataset()));
                }
                Relation rows = datasets.read(file.table());
                CheckScope scope = new CheckScope(rows, rows, now, SAMPLE_ROWS);
                List<CheckResult> results = session.engine().check(scope, file.checks());
                all.add(new Checked(file.table(), volumes.judge(file.table(), results)));
            }
        }
        return all;
    }

    private List<CheckFile> chosen(@Nullable String table) {
        List<CheckFile> files = bench.project().checkFiles();
        if (table == null) {
            if (files.isEmpty()) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot check: the project has no check file",
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
                    "Cannot check " + table + ": no check file names it (allowed: "
                            + (names.isEmpty() ? "none" : String.join(", ", names)) + ")",
                    near == null ? null : "did you mean " + near + "?");
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
