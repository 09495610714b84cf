package io.headworks.core.spec.loading;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.json.Json;
import io.headworks.core.spec.Place;
import java.util.List;

/** Checks of a command line, as a check file would have them. */
public final class InlineChecks {
    /** The name under which problems are reported. */
    public static final String FILE = "--check";

    private InlineChecks() {}

    /**
     * The text of the file.
     *
     * @param table as {@code [connection:][schema.]table}
     * @param checks each in the words of a check file: {@code not_null: id}
     */
    public static String text(String table, List<String> checks) {
        StringBuilder text = new StringBuilder("checks:\n  table: " + Json.compact(table) + "\n  run:\n");
        for (String check : checks) {
            if (check.isBlank() || check.lines().count() != 1) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot use check '" + check + "': it is not one line",
                        "write it as in a check file: --check \"range: {column: amount, min: 0}\"");
            }
            text.append("    - ").append(check.strip()).append('\n');
        }
        return text.toString();
    }

    public static boolean isOne(Place place) {
        return place.file().equals(FILE);
    }
}
