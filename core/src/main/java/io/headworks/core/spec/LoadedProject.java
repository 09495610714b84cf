package io.headworks.core.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reading a project folder gave: the project when no problem is an error, and all problems by file and line. */
public record LoadedProject(@Nullable Project project, List<Problem> problems) {
    public LoadedProject {
        problems = List.copyOf(problems);
        if (project == null && problems.stream().noneMatch(Problem::isError)) {
            throw new IllegalArgumentException("Cannot leave out the project: no problem is an error");
        }
    }
}
