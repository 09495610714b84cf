package io.headworks.core.diff;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be compared.
 *
 * @param a {@code [connection:][schema.]table}, or a path of a connection that reads files
 * @param key empty for the one that is known
 * @param columns empty for all that both sides have
 * @param tolerances as written, by column
 * @param limit how many differences to show
 * @param export a file for all differences; null for none
 * @param allowEmpty two tables without rows are equal
 * @param where which rows are compared
 * @param ignoreCase texts that differ only in case are equal
 */
public record DiffRequest(
        String a,
        String b,
        List<String> key,
        List<String> columns,
        List<String> exclude,
        Map<String, String> tolerances,
        int limit,
        @Nullable Path export,
        boolean allowEmpty,
        Where where,
        boolean ignoreCase) {
    public DiffRequest {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        exclude = List.copyOf(exclude);
        tolerances = Collections.unmodifiableMap(new LinkedHashMap<>(tolerances));
    }

    /** A condition on the rows of each side, in the side's own SQL; null for all rows. */
    public record Where(@Nullable String a, @Nullable String b) {
        public static final Where ALL = new Where(null, null);

        List<String> rules() {
            List<String> rules = new ArrayList<>();
            if (a != null) {
                rules.add("of a only rows where " + a);
            }
            if (b != null) {
                rules.add("of b only rows where " + b);
            }
            return rules;
        }
    }
}
