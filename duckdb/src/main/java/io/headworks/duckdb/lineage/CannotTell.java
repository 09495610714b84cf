package io.headworks.duckdb.lineage;

/** Thrown inside this package where a SELECT goes on in a way that is not known; the message names it. */
final class CannotTell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotTell(String what) {
        super(what, null, false, false);
    }
}
