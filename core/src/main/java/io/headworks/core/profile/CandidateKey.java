package io.headworks.core.profile;

import java.util.List;

/** Columns that no two rows agree on, and that are never NULL: proved on all rows. */
public record CandidateKey(List<String> columns) {
    public CandidateKey {
        columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
        return String.join(", ", columns);
    }
}
