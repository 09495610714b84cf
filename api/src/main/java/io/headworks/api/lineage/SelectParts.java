package io.headworks.api.lineage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A SELECT cut into what makes one column alone and the rest, which every column hangs on.
 *
 * @param columns by name in the order of the SELECT; none where every part may decide which rows there are
 */
public record SelectParts(Map<String, Part> columns, Part rest) {
    public SelectParts {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /**
     * One part.
     *
     * @param form the same text for parts that differ in layout only
     * @param names columns, in lower case, that it names without a table: they may be other columns of the same SELECT
     */
    public record Part(String form, Set<String> names) {
        public Part {
            names = Set.copyOf(names);
        }
    }
}
