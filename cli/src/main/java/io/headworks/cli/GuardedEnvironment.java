package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.spec.Project;

/** An environment in which nothing is written without somebody's consent. */
final class GuardedEnvironment {

    private GuardedEnvironment() {}

    /** @param given an approved plan or a stated reason */
    static void requireConsent(Project project, boolean given) {
        if (project.environment().guarded() && !given) {
            throw new HeadworksException(
                    FailureKind.APPROVAL,
                    "Cannot run in environment " + project.environment().name() + ": it is guarded",
                    "make a plan with hw plan --out FILE, have it approved, and run it with hw run --plan FILE;"
                            + " or give --force REASON");
        }
    }
}
