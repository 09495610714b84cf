package io.headworks.api.failure;

/** What kind of thing went wrong: who owns it, the process exit code it leads to, and whether trying again can help. */
public enum FailureKind {
    /** The run failed on data or on a statement, and no more special kind fits. */
    RUN(Owner.SOURCE, 1, false),
    /** The project or the command line is wrong. */
    PROJECT(Owner.USER, 2, false),
    /** A check or a breaker stopped it. */
    GATE(Owner.SOURCE, 3, false),
    /** Somebody else holds the target. */
    HELD(Owner.TARGET, 4, false),
    /** A source could not be reached; trying again may help. */
    SOURCE_UNREACHABLE(Owner.SOURCE, 5, true),
    /** A target could not be reached; trying again may help. */
    TARGET_UNREACHABLE(Owner.TARGET, 5, true),
    /** A schema change that the pipeline or contract does not allow. */
    SCHEMA_CHANGE(Owner.SOURCE, 6, false),
    /** Memory, disk or time ran out. */
    RESOURCES(Owner.RESOURCES, 1, false),
    /** Our own defect. */
    INTERNAL(Owner.US, 7, false),
    /** Approval is needed, or the approved plan no longer fits. */
    APPROVAL(Owner.USER, 8, false),
    /** A position or gap was lost: a person must decide. */
    POSITION_LOST(Owner.USER, 9, false),
    /** Stopped by a signal or by a person. */
    CANCELLED(Owner.USER, 130, false);

    public enum Owner {
        USER,
        SOURCE,
        TARGET,
        RESOURCES,
        US
    }

    private final Owner owner;
    private final int exitCode;
    private final boolean transientFault;

    FailureKind(Owner owner, int exitCode, boolean transientFault) {
        this.owner = owner;
        this.exitCode = exitCode;
        this.transientFault = transientFault;
    }

    public Owner owner() {
        return owner;
    }

    public int exitCode() {
        return exitCode;
    }

    /** True where a retry with the same input can succeed. */
    public boolean isTransient() {
        return transientFault;
    }
}
