package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Chooses pipelines by what users write: a name, a name with {@code *}, {@code tag:x}, {@code path:models/marts}, {@code
 * changed:REV}; a {@code +} before it adds all that it reads from, one after it all that reads it.
 */
public final class Selection {
    private static final String FORMS = "a pipeline, shop.*, tag:x, path:folder, changed:REV, +x, x+";

    private final Project project;
    private final Changes changed;

    /** Which files of the project differ from a revision; paths relative to its folder, with {@code /}. */
    interface Changes {
        Set<String> since(String revision);
    }

    public Selection(Project project) {
        this(project, new ChangedFiles(project.folder())::since);
    }

    Selection(Project project, Changes changed) {
        this.project = project;
        this.changed = changed;
    }

    /** All pipelines, each after those it reads from. */
    public List<PipelineSpec> all() {
        return inOrder(project.graph().nodes().keySet());
    }

    /**
     * The chosen pipelines, each after those it reads from.
     *
     * @throws HeadworksException of kind PROJECT when one of the selectors chooses nothing
     */
    public List<PipelineSpec> choose(Collection<String> selectors, Collection<String> excluded) {
        Set<String> names = new LinkedHashSet<>();
        selectors.forEach(selector -> names.addAll(chosen(selector)));
        excluded.forEach(selector -> names.removeAll(chosen(selector)));
        boolean mayBeNone = selectors.stream().anyMatch(selector -> selector.contains("changed:"));
        if (names.isEmpty() && !mayBeNone) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot select " + String.join(" ", selectors) + ": --exclude leaves nothing of it");
        }
        return inOrder(names);
    }

    private Set<String> chosen(String selector) {
        boolean upstream = selector.startsWith("+") && selector.length() > 1;
        boolean downstream = selector.endsWith("+") && selector.length() > 1;
        String core = selector.substring(upstream ? 1 : 0, selector.length() - (downstream ? 1 : 0));
        Predicate<PipelineSpec> predicate = predicate(core);
        Set<String> names = new LinkedHashSet<>();
        project.pipelines().stream().filter(predicate).map(PipelineSpec::name).forEach(names::add);
        if (names.isEmpty() && !core.startsWith("changed:")) {
            throw nothing(core);
        }
        for (String name : List.copyOf(names)) {
            if (upstream) {
                names.addAll(project.graph().ancestors(name));
            }
            if (downstream) {
                names.addAll(project.graph().descendants(name));
            }
        }
        return names;
    }

    private Predicate<PipelineSpec> predicate(String selector) {
        if (selector.startsWith("tag:")) {
            String tag = selector.substring(4);
            return pipeline -> pipeline.tags().contains(tag);
        } else if (selector.startsWith("path:")) {
            String path = selector.substring(5).replaceAll("/+$", "");
            return pipeline -> isBelow(pipeline.place().file(), path);
        } else if (selector.startsWith("changed:")) {
            Set<String> files = changed.since(selector.substring(8));
            return pipeline -> isChanged(pipeline, files);
        } else if (selector.contains("*")) {
            Pattern glob = Pattern.compile(Pattern.quote(selector).replace("*", "\\E.*\\Q"));
            return pipeline -> glob.matcher(pipeline.name()).matches();
        }
        return pipeline -> pipeline.name().equals(selector);
    }

    private static boolean isBelow(String file, String path) {
        return path.isEmpty() || path.equals(".") || file.equals(path) || file.startsWith(path + "/");
    }

    /** By any file that gives it one of its values; a change of headworks.yml changes every pipeline. */
    private static boolean isChanged(PipelineSpec pipeline, Set<String> files) {
        return files.contains("headworks.yml")
                || files.contains(pipeline.place().file())
                || pipeline.origins().stream()
                        .anyMatch(origin -> origin.place() != null
                                        && files.contains(origin.place().file())
                                || files.contains(origin.value()));
    }

    private HeadworksException nothing(String selector) {
        List<String> names =
                project.pipelines().stream().map(PipelineSpec::name).toList();
        String near = Nearest.to(selector, names);
        String hint = near == null ? "hw ls lists the pipelines" : "did you mean " + near + "?";
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot select '" + selector + "': no pipeline is chosen by it (allowed: " + FORMS + ")",
                hint);
    }

    private List<PipelineSpec> inOrder(Set<String> names) {
        return project.graph().order().stream()
                .filter(names::contains)
                .map(name -> project.pipeline(name).orElseThrow())
                .toList();
    }
}
