package io.headworks.core.proof;

import io.headworks.core.service.Selection;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tests that a command line means: by their own name, by their file, or by the pipelines they test. */
public final class ChosenTests {
    private static final String PATH = "path:";

    private ChosenTests() {}

    /** @param selectors none for all tests */
    public static List<LoadTest> of(Project project, List<String> selectors, List<String> excluded) {
        List<LoadTest> all = project.tests();
        Set<LoadTest> chosen = new LinkedHashSet<>(selectors.isEmpty() ? all : List.of());
        selectors.forEach(selector -> chosen.addAll(chosen(project, selector)));
        excluded.forEach(selector -> chosen.removeAll(chosen(project, selector)));
        return all.stream().filter(chosen::contains).toList();
    }

    private static List<LoadTest> chosen(Project project, String selector) {
        List<LoadTest> named = project.tests().stream()
                .filter(test -> test.name().equals(selector)
                        || selector.startsWith(PATH) && isBelow(test.place().file(), selector.substring(PATH.length())))
                .toList();
        if (!named.isEmpty()) {
            return named;
        }
        Set<String> pipelines = new LinkedHashSet<>();
        new Selection(project)
                .choose(List.of(selector), List.of()).stream()
                        .map(PipelineSpec::name)
                        .forEach(pipelines::add);
        return project.tests().stream()
                .filter(test -> pipelines.contains(test.pipeline()))
                .toList();
    }

    private static boolean isBelow(String file, String path) {
        String folder = path.replaceAll("/+$", "");
        return file.equals(folder) || file.startsWith(folder + "/");
    }
}
