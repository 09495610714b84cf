package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Problem;

/** A file that costs more than it may: reading stops at once. */
final class LimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    LimitExceeded(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
