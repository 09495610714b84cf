package io.headworks.core.spec.selection;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Terms that choose pipelines: a name, a name with {@code *}, {@code tag:x}, {@code path:folder} or {@code path:file},
 * each with {@code +} before it for what it reads from and after it for what reads from it.
 */
public final class Selection {
    private final Project project;

    private Selection(Project project) {
        this.project = project;
    }

    /**
     * The names of the chosen pipelines, each after those it reads from.
     *
     * @param terms what to take; empty means all
     * @param without what to leave out of it
     * @throws HeadworksException of kind PROJECT when a term chooses nothing
     */
    public static List<String> of(Project project, List<String> terms, List<String> without) {
        Selection selection = new Selection(project);
        Set<String> taken = new HashSet<>(terms.isEmpty() ? project.graph().order() : List.of());
        terms.forEach(term -> taken.addAll(selection.chosen(term)));
        without.forEach(term -> taken.removeAll(selection.chosen(term)));
        return project.graph().order().stream().filter(taken::contains).toList();
    }

    private Set<String> chosen(String term) {
        boolean up = term.startsWith("+");
        boolean down = term.length() > 1 && term.endsWith("+");
        String core = term.substring(up ? 1 : 0, term.length() - (down ? 1 : 0));
        Set<String> chosen = matching(core);
        if (chosen.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot select '" + term + "': no pipeline fits (pipelines: "
                            + project.graph().order().stream().sorted().collect(Collectors.joining(", ")) + ")",
                    hint(core));
        }
        Graph graph = project.graph();
        Set<String> all = new HashSet<>(chosen);
        for (String name : chosen) {
            all.addAll(up ? graph.ancestors(name) : Set.of());
            all.addAll(down ? graph.descendants(name) : Set.of());
        }
        return all;
    }

    private Set<String> matching(String core) {
        Predicate<PipelineSpec> fits = test(core);
        return project.pipelines().stream().filter(fits).map(PipelineSpec::name).collect(Collectors.toSet());
    }

    private static Predicate<PipelineSpec> test(String core) {
        int colon = core.indexOf(':');
        String value = core.substring(colon + 1);
        return switch (colon < 0 ? "name" : core.substring(0, colon)) {
            case "name" -> pipeline -> glob(value).matcher(pipeline.name()).matches();
            case "tag" ->
                pipeline -> pipeline.tags().stream().anyMatch(glob(value).asMatchPredicate());
            case "path" -> pipeline -> stands(pipeline.place().file(), value);
            case "changed" ->
                throw new HeadworksException(
                        FailureKind.PROJECT, "Cannot select '" + core + "': not built yet (comparing with a revision)");
            default ->
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot select '" + core + "': unknown method (allowed: a name, tag:, path:)");
        };
    }

    private static boolean stands(String file, String path) {
        String folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return folder.contains("*")
                ? glob(folder).matcher(file).matches()
                : file.equals(folder) || file.startsWith(folder + "/");
    }

    private static Pattern glob(String text) {
        String regex = Pattern.compile("\\*")
                .splitAsStream(text + "\0")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex.replace("\0", ""));
    }

    private @Nullable String hint(String core) {
        String nearest = Nearest.to(core, project.graph().order());
        return nearest == null ? null : "did you mean '" + nearest + "'?";
    }
}
