package io.headworks.core.run;

import io.headworks.api.engine.Relation;
import io.headworks.api.history.InferredMembers;
import io.headworks.core.extract.Extracted;
import io.headworks.core.gate.Gated;
import io.headworks.core.transform.Transformed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows as one stage hands them to the next.
 *
 * @param rows not necessarily run yet
 * @param origin the same rows as first staged, from which dead letters take their payload
 * @param read rows that the source gave; 0 in a direct plan, where the load counts
 * @param count rows now; 0 in a direct plan
 * @param materialised true when {@code rows} are held in work storage
 * @param rejected by all stages so far
 * @param rejects the rejected rows, a relation for each time
 * @param members of dimensions, which the rows name and the load writes
 * @param gated the rows as they came to the gate, with those that it rejected; null before the gate, and where rows were
 *     rejected before that, which are not among these
 */
record StageRows(
        Relation rows,
        Relation origin,
        long read,
        long count,
        boolean materialised,
        long rejected,
        List<Relation> rejects,
        List<InferredMembers> members,
        @Nullable Relation gated) {
    StageRows {
        rejects = List.copyOf(rejects);
        members = List.copyOf(members);
    }

    StageRows(
            Relation rows,
            Relation origin,
            long read,
            long count,
            boolean materialised,
            long rejected,
            List<Relation> rejects,
            List<InferredMembers> members) {
        this(rows, origin, read, count, materialised, rejected, rejects, members, null);
    }

    /** Rows that stay in the source until one statement reads, transforms and writes them. */
    static StageRows inPlace(Relation source) {
        return new StageRows(source, source, 0, 0, false, 0, List.of(), List.of());
    }

    static StageRows of(Extracted extracted) {
        return new StageRows(
                extracted.rows(),
                extracted.origin(),
                extracted.read(),
                extracted.count(),
                true,
                extracted.rejected(),
                extracted.rejected() > 0 ? List.of(extracted.rejects()) : List.of(),
                List.of());
    }

    /** One statement more around rows that nobody counted. */
    StageRows fused(Relation output) {
        return new StageRows(output, origin, read, count, false, rejected, rejects, members);
    }

    StageRows held(Relation held) {
        return new StageRows(held, origin, read, count, true, rejected, rejects, members, gated);
    }

    /** Of a direct plan, in which nobody counted before. */
    StageRows heldUncounted(Relation held, long counted) {
        return new StageRows(held, origin, counted, counted, true, rejected, rejects, members);
    }

    /** @param held true where the stages did nothing, so that what came in is what goes out */
    StageRows then(Transformed output, boolean held) {
        return new StageRows(
                output.rows(),
                origin,
                read,
                output.count(),
                output.materialised() || held,
                rejected + output.rejected(),
                with(output.rejects()),
                output.members());
    }

    StageRows then(Gated output) {
        return new StageRows(
                output.rows(),
                origin,
                read,
                output.count(),
                materialised,
                rejected + output.rejected(),
                with(output.rejects()),
                members,
                rejected == 0 ? rows : null);
    }

    /**
     * The same rows, and deletions with them.
     *
     * @param both all of them, held as far as these are
     */
    StageRows deleting(Relation both, long deletions) {
        return new StageRows(both, origin, read, count + deletions, materialised, rejected, rejects, members, gated);
    }

    private List<Relation> with(List<Relation> more) {
        List<Relation> all = new ArrayList<>(rejects);
        all.addAll(more);
        return all;
    }
}
