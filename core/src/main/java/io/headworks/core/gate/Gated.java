package io.headworks.core.gate;

import io.headworks.api.check.CheckResult;
import io.headworks.api.engine.Relation;
import java.util.List;

/** The rows that passed the gate, those that did not, and what each check found. */
public record Gated(Relation rows, long count, List<Relation> rejects, long rejected, List<CheckResult> results) {
    public Gated {
        rejects = List.copyOf(rejects);
        results = List.copyOf(results);
    }
}
