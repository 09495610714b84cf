package io.headworks.core.spec.descriptor;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects problems. The same one found twice, as in a default that every pipeline takes, is kept once. */
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public void addAll(Collection<Problem> problems) {
        found.addAll(problems);
    }

    public void error(Place place, String code, String message, @Nullable String hint) {
        add(Problem.error(place, code, message, hint));
    }

    public void warning(Place place, String code, String message, @Nullable String hint) {
        add(Problem.warning(place, code, message, hint));
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    public List<Problem> sorted() {
        return found.stream().sorted(Problem.ORDER).toList();
    }
}
