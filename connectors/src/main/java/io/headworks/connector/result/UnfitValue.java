package io.headworks.connector.result;

/** A value that does not fit the type of its column; the message reads "is no date". */
public final class UnfitValue extends Exception {
    private static final long serialVersionUID = 1L;

    public UnfitValue(String reason) {
        super(reason, null, false, false);
    }
}
