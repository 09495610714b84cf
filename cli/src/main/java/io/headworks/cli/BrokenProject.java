package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.Problem;
import java.util.List;

/** The project has errors, so that no command but {@code hw validate} can use it. */
final class BrokenProject extends HeadworksException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    BrokenProject(List<Problem> problems) {
        super(FailureKind.PROJECT, message(problems), "correct them; hw validate shows them again");
        this.problems = problems;
    }

    List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        return "Cannot use the project: " + errors + (errors == 1 ? " error" : " errors") + " in its files";
    }
}
