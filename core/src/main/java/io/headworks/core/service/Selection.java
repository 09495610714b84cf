package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.TableGroup.Refusal;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Chooses pipelines by what users write: a name, a name with {@code *}, {@code tag:x}, {@code path:models/marts}, {@code
 * changed:REV}; the name of a pipeline of many tables means all of them; a {@code +} before it adds all that it reads from, one after it all that reads it.
 */
public final class Selection {
    private static final String FORMS = "a pipeline, shop.*, tag:x, path:folder, changed:REV, +x, x+";

    private static final String CHANGED = "changed:";

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
        boolean mayBeNone = selectors.stream().anyMatch(selector -> selector.contains(CHANGED));
        if (names.isEmpty() && !mayBeNone) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot select " + String.join(" ", selectors) + ": --exclude leaves nothing of it");
        }
        return inOrder(names);
    }

    /** The same, with what is meant and refused; a selector may mean nothing else. */
    public Choice choice(List<String> selectors, List<String> excluded) {
        Map<String, Refusal> refused = new TreeMap<>();
        for (TableGroup group : project.groups()) {
            group.refused().forEach((name, refusal) -> {
                if (means(selectors, group, name) && (excluded.isEmpty() || !means(excluded, group, name))) {
                    refused.put(name, refusal);
                }
            });
        }
        List<String> chosen = withPipelines(selectors.isEmpty() ? List.of("*") : selectors);
        List<String> without = withPipelines(excluded);
        boolean all = selectors.isEmpty() && without.isEmpty();
        List<PipelineSpec> pipelines = all ? all() : chosen.isEmpty() ? List.of() : choose(chosen, without);
        return new Choice(pipelines, refused);
    }

    /** Selectors without those that mean refused tables and no pipeline. */
    private List<String> withPipelines(List<String> selectors) {
        return selectors.stream()
                .filter(selector -> project.groups().stream()
                                .noneMatch(group -> group.refused().keySet().stream()
                                        .anyMatch(name -> means(List.of(selector), group, name)))
                        || project.pipelines().stream().anyMatch(predicate(core(selector))))
                .toList();
    }

    /** True when selectors mean a table of a group that is no pipeline; all are meant when there are none. */
    boolean means(List<String> selectors, TableGroup group, String name) {
        return selectors.isEmpty() || selectors.stream().anyMatch(selector -> means(core(selector), group, name));
    }

    private static boolean means(String selector, TableGroup group, String name) {
        if (selector.startsWith("path:")) {
            return isBelow(group.place().file(), selector.substring(5).replaceAll("/+$", ""));
        } else if (selector.contains("*")) {
            Pattern glob = glob(selector);
            return glob.matcher(name).matches()
                    || glob.matcher(group.name()).matches()
                    || glob.matcher(group.name() + ".").matches();
        }
        return selector.equals(name) || selector.equals(group.name());
    }

    private static String core(String selector) {
        boolean upstream = selector.startsWith("+") && selector.length() > 1;
        boolean downstream = selector.endsWith("+") && selector.length() > 1;
        return selector.substring(upstream ? 1 : 0, selector.length() - (downstream ? 1 : 0));
    }

    /** The revisions that selectors compare with. */
    public static List<String> revisions(Collection<String> selectors) {
        return selectors.stream()
                .map(Selection::core)
                .filter(core -> core.startsWith(CHANGED))
                .map(core -> core.substring(CHANGED.length()))
                .distinct()
                .toList();
    }

    private static Pattern glob(String selector) {
        return Pattern.compile(Pattern.quote(selector).replace("*", "\\E.*\\Q"));
    }

    private Set<String> chosen(String selector) {
        boolean upstream = selector.startsWith("+") && selector.length() > 1;
        boolean downstream = selector.endsWith("+") && selector.length() > 1;
        String core = core(selector);
        Predicate<PipelineSpec> predicate = predicate(core);
        Set<String> names = new LinkedHashSet<>();
        project.pipelines().stream().filter(predicate).map(PipelineSpec::name).forEach(names::add);
        if (names.isEmpty() && !core.startsWith(CHANGED)) {
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
        } else if (selector.startsWith(CHANGED)) {
            Set<String> files = changed.since(selector.substring(CHANGED.length()));
            return pipeline -> isChanged(pipeline, files);
        } else if (selector.contains("*")) {
            Pattern glob = glob(selector);
            return pipeline -> glob.matcher(pipeline.name()).matches();
        }
        boolean many = project.groups().stream().anyMatch(group -> group.name().equals(selector));
        return pipeline ->
                pipeline.name().equals(selector) || many && pipeline.name().startsWith(selector + ".");
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
        Refusal refused = project.groups().stream()
                .flatMap(group -> group.refused().entrySet().stream())
                .filter(entry -> entry.getKey().equals(selector))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (refused != null) {
            return refused.exception();
        }
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
