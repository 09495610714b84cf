package io.headworks.core.plan;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.RowLaw;
import java.util.List;

/**
 * Operations of one stage that run as one relation.
 *
 * @param materialised whether the relation is kept because rows may be rejected or must be counted here
 */
public record Segment(String stage, List<Operation> operations, RowLaw law, boolean materialised) {
    public Segment {
        operations = List.copyOf(operations);
    }

    public boolean mayReject() {
        return operations.stream().anyMatch(Operation::mayReject);
    }
}
