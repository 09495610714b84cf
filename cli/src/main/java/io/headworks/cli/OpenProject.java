package io.headworks.cli;

import io.headworks.core.service.Setup;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.loading.ProjectLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads the project a command line means; its problems go to the console. */
final class OpenProject {
    private final HwCommand options;
    private final Setup setup;

    OpenProject(HwCommand options, Setup setup) {
        this.options = options;
        this.setup = setup;
    }

    LoadedProject load() {
        return new ProjectLoader(setup.connectors().all(), setup.engines()::inspector)
                .load(options.projectFolder(), options.environment, options.variables);
    }

    /** The project, or null after its problems were shown. */
    @Nullable Project orProblems(Console console) {
        LoadedProject loaded = load();
        if (loaded.project() == null) {
            show(loaded.problems(), console);
        }
        return loaded.project();
    }

    static void show(List<Problem> problems, Console console) {
        problems.forEach(problem -> console.line(problem.toString()));
        console.document(Map.of("problems", problems.stream().map(OpenProject::tree).toList()));
    }

    private static Map<String, @Nullable Object> tree(Problem problem) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("file", problem.file());
        tree.put("line", problem.line());
        tree.put("column", problem.column());
        tree.put("code", problem.code());
        tree.put("severity", problem.isError() ? "error" : "warning");
        tree.put("message", problem.message());
        tree.put("hint", problem.hint());
        return tree;
    }
}
