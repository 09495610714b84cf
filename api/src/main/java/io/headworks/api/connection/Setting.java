package io.headworks.api.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One key of a connection in headworks.yml. A secret is write-only: masked by value wherever something is printed. */
public record Setting(
        String key,
        Kind kind,
        boolean required,
        @Nullable String defaultValue,
        List<String> allowed,
        String description,
        @Nullable String example) {
    public enum Kind {
        TEXT,
        INTEGER,
        BOOLEAN,
        CHOICE,
        /** A path, relative to the project's folder; it may not leave it unless absolute. */
        PATH,
        DURATION,
        SIZE,
        SECRET
    }

    public Setting {
        allowed = List.copyOf(allowed);
    }

    public boolean isSecret() {
        return kind == Kind.SECRET;
    }
}
