package io.headworks.core.spec;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a project's files. The message says what is wrong and what is allowed; the hint what to write.
 * Codes are public and stable, kebab-case.
 */
public record Problem(
        String file,
        int line,
        int column,
        String code,
        Severity severity,
        String message,
        @Nullable String hint) {
    public static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(Place place, String code, String message, @Nullable String hint) {
        return new Problem(place.file(), place.line(), place.column(), code, Severity.ERROR, message, hint);
    }

    public static Problem warning(Place place, String code, String message, @Nullable String hint) {
        return new Problem(place.file(), place.line(), place.column(), code, Severity.WARNING, message, hint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return new Place(file, line, column) + ": " + message;
    }
}
