package io.headworks.core.diff;

import io.headworks.api.diff.CanonicalForm;
import io.headworks.api.diff.HashedColumn;
import io.headworks.api.diff.Tolerance;
import io.headworks.api.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of one side and its counterpart.
 *
 * @param tolerance null for exact equality
 */
public record ColumnPair(
        Field a, Field b, CanonicalForm form, @Nullable Tolerance tolerance, List<String> rules) {
    public ColumnPair {
        rules = List.copyOf(rules);
    }

    public HashedColumn onA() {
        return new HashedColumn(a.name(), a.type(), form);
    }

    public HashedColumn onB() {
        return new HashedColumn(b.name(), b.type(), form);
    }
}
