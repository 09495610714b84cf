package io.headworks.core.plan;

import io.headworks.api.transform.Operation;
import io.headworks.api.transform.RowLaw;
import io.headworks.api.transform.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts stages into segments: one ends where rows are rejected, dropped or reshaped, so that each such place has counts of
 * its own; everything between fuses. A look-up that infers members begins one, because its rows are read twice.
 */
final class Segments {

    private Segments() {}

    static List<Segment> of(List<Stage> stages) {
        List<Segment> segments = new ArrayList<>();
        for (Stage stage : stages) {
            List<Operation> open = new ArrayList<>();
            for (Operation operation : stage.operations()) {
                if (Segment.infers(operation) && !open.isEmpty()) {
                    segments.add(new Segment(stage.name(), open, RowLaw.PRESERVING, true));
                    open = new ArrayList<>();
                }
                open.add(operation);
                if (operation.rowLaw() != RowLaw.PRESERVING) {
                    segments.add(new Segment(stage.name(), open, operation.rowLaw(), true));
                    open = new ArrayList<>();
                }
            }
            if (!open.isEmpty()) {
                segments.add(new Segment(stage.name(), open, RowLaw.PRESERVING, false));
            }
        }
        return segments;
    }
}
