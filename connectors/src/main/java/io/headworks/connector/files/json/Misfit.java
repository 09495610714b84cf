package io.headworks.connector.files.json;

/** A value that does not fit its column's type; the message is the reason, as {@code 12.5 is no bigint}. */
final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    Misfit(String reason) {
        super(reason, null, false, false);
    }
}
