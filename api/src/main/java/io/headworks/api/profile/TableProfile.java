package io.headworks.api.profile;

import java.util.List;
import java.util.Optional;

/**
 * What the rows of a table look like.
 *
 * @param sampledRows how many rows the sample has; all of them where it is the whole table
 */
public record TableProfile(long rows, long sampledRows, List<ColumnProfile> columns) {
    public TableProfile {
        columns = List.copyOf(columns);
    }

    /** True where everything was looked at, so that nothing is an estimate but what says so. */
    public boolean isWhole() {
        return sampledRows == rows;
    }

    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
