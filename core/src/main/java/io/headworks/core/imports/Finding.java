package io.headworks.core.imports;

import java.util.Comparator;

/**
 * Something that did not come over as it was.
 *
 * @param subject what it is about, as {@code model stg_orders}
 * @param file where it is written, relative to what is imported
 * @param line from 1; 0 for the file as a whole
 */
public record Finding(Outcome outcome, String subject, String file, int line, String reason) {
    /** As written in the report: what is missing first, then by place. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::outcome)
            .thenComparing(Finding::file)
            .thenComparingInt(Finding::line)
            .thenComparing(Finding::subject)
            .thenComparing(Finding::reason);

    /** What became of it. */
    public enum Outcome {
        /** It is not in the project that was made. */
        LEFT_OUT,
        /** It is, and does not do quite the same. */
        DIFFERS
    }

    public static Finding leftOut(String subject, String file, int line, String reason) {
        return new Finding(Outcome.LEFT_OUT, subject, file, line, reason);
    }

    public static Finding differs(String subject, String file, int line, String reason) {
        return new Finding(Outcome.DIFFERS, subject, file, line, reason);
    }

    public String place() {
        return line == 0 ? file : file + ":" + line;
    }
}
