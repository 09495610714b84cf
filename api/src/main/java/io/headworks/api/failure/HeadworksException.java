package io.headworks.api.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure a user can act on. The message reads "Cannot merge into orders: key column 'id' is missing (columns:
 * order_id, amount)"; the hint, when there is one, says what to do next.
 */
public class HeadworksException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FailureKind kind;
    private final @Nullable String hint;

    public HeadworksException(FailureKind kind, String message) {
        this(kind, message, null, null);
    }

    public HeadworksException(FailureKind kind, String message, @Nullable String hint) {
        this(kind, message, hint, null);
    }

    public HeadworksException(FailureKind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    public FailureKind kind() {
        return kind;
    }

    public @Nullable String hint() {
        return hint;
    }
}
