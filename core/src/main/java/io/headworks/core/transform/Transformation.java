package io.headworks.core.transform;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.history.HistoryEngine;
import io.headworks.api.history.InferredMembers;
import io.headworks.api.run.FailPoint;
import io.headworks.api.transform.Operation;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.transform.RowLaw;
import io.headworks.core.plan.Segment;
import io.headworks.core.plan.Step.TransformRows;
import io.headworks.core.transform.Transformed.SegmentCount;
import java.util.ArrayList;
import java.util.List;

/** Runs segments one after the other; what preserves rows fuses, what does not is kept and counted. */
public final class Transformation {
    private final EngineSession engine;
    private final List<SegmentCount> counts = new ArrayList<>();
    private final List<Relation> rejects = new ArrayList<>();
    private final List<InferredMembers> members = new ArrayList<>();

    public Transformation(EngineSession engine) {
        this.engine = engine;
    }

    /** The fused output of a direct plan, whose segments all preserve rows. */
    public Relation fused(TransformRows step, Relation input) {
        Relation rows = input;
        for (Segment segment : step.segments()) {
            rows = engine.apply(rows, segment.operations());
        }
        return rows;
    }

    /**
     * Runs the step over staged rows.
     *
     * @param origin the staged extract, from which rejected rows take their payload
     */
    public Transformed run(TransformRows step, Relation input, long inputRows, Relation origin) {
        Relation rows = input;
        long count = inputRows;
        int number = 0;
        boolean materialised = true;
        for (Segment segment : step.segments()) {
            Lookup inferring = segment.inferring();
            if (inferring != null) {
                rows = materialised ? rows : engine.materialise("stage_" + ++number, rows);
                infer(inferring, rows);
            }
            Relation output = engine.apply(rows, segment.operations());
            if (segment.materialised()) {
                output = keep(segment, output, count, "stage_" + ++number, origin);
                count = counts.get(counts.size() - 1).out();
            }
            materialised = segment.materialised();
            rows = output;
        }
        return new Transformed(rows, count, materialised, counts, rejects, members);
    }

    private void infer(Lookup lookup, Relation rows) {
        if (!(engine instanceof HistoryEngine histories)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot infer members of " + lookup.table() + ": this engine keeps no history (missing: infer)");
        }
        InferredMembers inferred = histories.infer(rows, lookup);
        if (inferred != null) {
            members.add(inferred);
        }
    }

    private Relation keep(Segment segment, Relation output, long in, String name, Relation origin) {
        long started = System.nanoTime();
        FailPoint.K8.pass();
        Relation kept = engine.materialise(name, output);
        long all = engine.count(kept);
        Relation accepted = kept;
        long rejected = 0;
        if (segment.mayReject()) {
            accepted = engine.accepted(kept);
            rejected = all - engine.count(accepted);
            if (rejected > 0) {
                rejects.add(engine.rejected(kept, segment.stage(), origin));
            }
        }
        SegmentCount count = new SegmentCount(
                segment.stage(),
                lastOf(segment),
                segment.law(),
                in,
                all - rejected,
                rejected,
                (System.nanoTime() - started) / 1e9);
        holdLaw(count, all);
        counts.add(count);
        return accepted;
    }

    /** The operation that ended the segment. */
    private static String lastOf(Segment segment) {
        List<Operation> operations = segment.operations();
        return operations.get(operations.size() - 1).key();
    }

    /** An operation that only reduces can never give more rows than it got. */
    private static void holdLaw(SegmentCount count, long all) {
        boolean broken = count.law() == RowLaw.REDUCING && all > count.in();
        if (broken) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot go on after " + count.operation() + " in stage " + count.stage() + ": " + count.in()
                            + " rows went in and " + all + " came out",
                    "a look-up or query multiplied rows: hw plan --sql shows the statement");
        }
    }
}
