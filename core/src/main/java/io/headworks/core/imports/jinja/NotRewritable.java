package io.headworks.core.imports.jinja;

/** Something in a template has no value that can be known. The message says what and why. */
public final class NotRewritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotRewritable(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
