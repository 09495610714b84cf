package io.headworks.core.imports.dbt;

import io.headworks.core.imports.Finding;
import io.headworks.core.imports.Written;
import io.headworks.core.imports.dbt.DbtFolder.DbtFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What a dbt project has that nothing of ours stands for. */
final class DbtLeftovers {
    private static final Set<String> SETTINGS = Set.of(
            "on-run-start", "on-run-end", "tests", "data_tests", "unit_tests", "dispatch", "quoting", "query-comment");

    private final DbtFolder project;
    private final List<Finding> findings;

    DbtLeftovers(DbtFolder project, List<Finding> findings) {
        this.project = project;
        this.findings = findings;
    }

    void list() {
        for (DbtFile file : project.files("model", ".py")) {
            leftOut("model " + file.stem(), file.name(), 0, "models in Python are not imported");
        }
        for (DbtFile file : project.files("analysis", ".sql")) {
            leftOut("analysis " + file.stem(), file.name(), 0, "there is nothing like it: see hw query");
        }
        project.settings().entries().forEach((key, value) -> {
            if (SETTINGS.contains(key)) {
                leftOut(key, DbtFolder.FILE, project.settings().lineOf(key), "it has no equivalent");
            }
        });
        for (String name : List.of("packages.yml", "dependencies.yml")) {
            packages(name);
        }
    }

    private void packages(String name) {
        Path file = project.path().resolve(name);
        if (!Files.isRegularFile(file)) {
            return;
        }
        for (Written document : Written.in(file, name, findings)) {
            for (Written each : document.at("packages").items()) {
                String of = each.at("package")
                        .text(each.at("git").text(each.at("local").text("?")));
                leftOut(
                        "package " + of,
                        name,
                        each.line(),
                        of.endsWith("/dbt_utils")
                                ? "of its macros only generate_surrogate_key and group_by are known"
                                : "its models and macros are not imported");
            }
        }
    }

    private void leftOut(String subject, String file, int line, String reason) {
        findings.add(Finding.leftOut(subject, file, line, reason));
    }
}
