package io.headworks.core.plan;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.transform.RowLaw;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations of one stage that run as one relation.
 *
 * @param materialised whether the relation is kept because rows may be rejected or must be counted here
 */
public record Segment(String stage, List<Operation> operations, RowLaw law, boolean materialised) {
    public Segment {
        operations = List.copyOf(operations);
    }

    static boolean infers(Operation operation) {
        return operation instanceof Lookup lookup && lookup.missing() == Lookup.Missing.INFER;
    }

    /** The look-up that infers members, which is the first operation; null where there is none. */
    public @Nullable Lookup inferring() {
        return operations.get(0) instanceof Lookup lookup && infers(lookup) ? lookup : null;
    }

    public boolean mayReject() {
        return operations.stream().anyMatch(Operation::mayReject);
    }
}
