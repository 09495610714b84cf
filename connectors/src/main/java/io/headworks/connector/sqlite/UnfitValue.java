package io.headworks.connector.sqlite;

/** A value that does not fit the type of its column. */
final class UnfitValue extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitValue(String reason) {
        super(reason, null, false, false);
    }
}
