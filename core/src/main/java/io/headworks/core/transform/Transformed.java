package io.headworks.core.transform;

import io.headworks.api.engine.Relation;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.transform.RowLaw;
import java.util.List;

/**
 * What the stages made of the rows.
 *
 * @param rows the output, not necessarily run yet
 * @param count rows of the output; as many as the law of the last segments promises where they are not run yet
 * @param materialised true when {@code rows} are held in work storage
 * @param rejects one relation per segment that rejected rows
 * @param members what the rows name and their dimensions lack
 */
public record Transformed(
        Relation rows,
        long count,
        boolean materialised,
        List<SegmentCount> segments,
        List<Relation> rejects,
        List<InferredMembers> members) {
    public Transformed {
        members = List.copyOf(members);
        segments = List.copyOf(segments);
        rejects = List.copyOf(rejects);
    }

    public long rejected() {
        return segments.stream().mapToLong(SegmentCount::rejected).sum();
    }

    /** Rows of one counted segment: {@code in = out + rejected + dropped} unless it reshapes. */
    public record SegmentCount(
            String stage, String operation, RowLaw law, long in, long out, long rejected, double seconds) {
        /** Rows filtered, or removed as duplicates. */
        public long dropped() {
            return law == RowLaw.RESHAPING ? 0 : in - out - rejected;
        }
    }
}
