package io.headworks.core.lineage;

/** Thrown inside this package where a definition cannot be followed; the message names it. */
final class NotTold extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTold(String what) {
        super(what, null, false, false);
    }
}
