package io.headworks.core.spec.loading;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether facts that are loaded can be found and looked up again: what is against {@code rekey}. */
final class RekeyReview {
    private final PipelineSpec pipeline;
    private final Lookup lookup;

    RekeyReview(PipelineSpec pipeline, Lookup lookup) {
        this.pipeline = pipeline;
        this.lookup = lookup;
    }

    /**
     * Every reason against it.
     *
     * @param later the operations after the look-up
     */
    List<String> refusals(DatasetUse use, List<Operation> later) {
        List<String> refusals = new ArrayList<>();
        String asOf = lookup.asOf();
        if (asOf == null || asOf.equals("now")) {
            refusals.add("it needs as_of: a column with the time of a row, by which rows are looked up again");
        }
        if (use.load() == null) {
            refusals.add("no pipeline of this project writes " + lookup.table());
        } else if (!pipeline.connection().equals(use.dataset().connection())) {
            refusals.add(use.dataset() + " is in another connection than " + pipeline.writes() + " (not yet)");
        }
        if (pipeline.load().mergeKeys().isEmpty()) {
            refusals.add("rows that are loaded are corrected by load.merge_keys, and there are none");
        } else if (pipeline.load().history() != null) {
            refusals.add(pipeline.load().table() + " keeps history itself (not yet)");
        }
        Set<String> needed = needed();
        for (Operation operation : later) {
            Set<String> lost = new TreeSet<>(operation.accept(new ColumnsTouched(needed)));
            if (!lost.isEmpty()) {
                refusals.add(operation.key() + " changes " + String.join(", ", lost)
                        + " after it, and rows that are loaded are found and corrected by these");
            }
        }
        return refusals;
    }

    /** The columns that must reach the table as the look-up has them. */
    private Set<String> needed() {
        Set<String> needed = new LinkedHashSet<>(lookup.match().keySet());
        needed.addAll(lookup.take().keySet());
        if (lookup.asOf() != null) {
            needed.add(lookup.asOf());
        }
        return needed;
    }
}
