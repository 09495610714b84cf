package io.headworks.core.backfill;

import io.headworks.core.slice.Slice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One backfill, new or taken up again.
 *
 * @param startedAt of the first process
 * @param left what this process has to do of each part
 */
record Backfill(String id, Instant startedAt, BackfillPlan plan, List<Left> left) {
    Backfill {
        left = List.copyOf(left);
    }

    /** One from its beginning. */
    static Backfill of(String id, Instant now, BackfillPlan plan) {
        return new Backfill(
                id,
                now,
                plan,
                plan.parts().stream().map(part -> new Left(part, part, 0, null)).toList());
    }

    /**
     * What is left of a part.
     *
     * @param whole the part as it was planned
     * @param part what is to do
     * @param done runs that were published before
     * @param before what was measured before the first of them; null when nothing was
     */
    record Left(Part whole, Part part, int done, @Nullable Measure before) {
        boolean isNothing() {
            return part.isWhole() ? done > 0 : part.runs() == 0;
        }

        /** From the first slice of the part to the last; null for a whole. */
        @Nullable
        Slice range() {
            List<Slice> sorted = whole.slices().stream().sorted().toList();
            return sorted.isEmpty()
                    ? null
                    : new Slice(
                            sorted.get(0).from(), sorted.get(sorted.size() - 1).to());
        }
    }
}
