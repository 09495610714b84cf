package io.headworks.server.route;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served as it is; the message says what was wrong, the hint what to do. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String title;
    private final @Nullable String hint;

    public Refusal(int status, String title, String message, @Nullable String hint) {
        super(message);
        this.status = status;
        this.title = title;
        this.hint = hint;
    }

    public static Refusal wrong(String message, @Nullable String hint) {
        return new Refusal(400, "The request is wrong", message, hint);
    }

    public static Refusal notFound(String message, @Nullable String hint) {
        return new Refusal(404, "There is no such thing", message, hint);
    }

    public static Refusal conflict(String message, @Nullable String hint) {
        return new Refusal(409, "Not now", message, hint);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public @Nullable String hint() {
        return hint;
    }
}
