package io.headworks.core.run;

import io.headworks.api.check.Check;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.gate.VolumeChange;
import io.headworks.core.plan.Step;
import io.headworks.core.run.StatementPreview.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The statements of a plan's checks, over tables without rows. What is cheapest depends on the rows and on what
 * statistics know of them: a run may put the same questions another way.
 */
final class CheckPreview {
    private final EngineSession engine;
    private final Instant now;
    private final Schema output;
    private final Load load;

    CheckPreview(EngineSession engine, Instant now, Schema output, Load load) {
        this.engine = engine;
        this.now = now;
        this.output = output;
        this.load = load;
    }

    List<Statement> of(List<Step> steps) {
        List<Statement> statements = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.GateBatch gate) {
                List<Check> checks = Stream.concat(gate.rejecting().stream(), gate.checking().stream())
                        .toList();
                statements.addAll(asked("checks of the batch", "gate_rows", output, checks));
            } else if (step instanceof Step.LoadTable written) {
                statements.addAll(asked("checks before COMMIT", "table_rows", stored(), written.checks()));
            } else if (step instanceof Step.CheckAfterCommit after) {
                statements.addAll(asked("checks after COMMIT", "later_rows", stored(), after.checks()));
            }
        }
        return statements;
    }

    private List<Statement> asked(String when, String rows, Schema columns, List<Check> checks) {
        List<Check> asked =
                checks.stream().filter(check -> !VolumeChange.isPerRun(check)).toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        Relation empty = engine.materialise(rows, engine.empty(columns));
        return engine.checkStatements(new CheckScope(empty, empty, now, 0), asked).stream()
                .map(sql -> new Statement(when, sql, false))
                .toList();
    }

    /** The columns as they stand in the table. */
    private Schema stored() {
        List<Field> fields = new ArrayList<>(
                load.history() == null
                        ? output.fields()
                        : HistoryTable.of(load, output).columns().fields());
        Load.AuditColumns audit = load.audit();
        if (audit != null) {
            fields.add(new Field(audit.run(), DataType.BIGINT, true));
            fields.add(new Field(audit.loadedAt(), DataType.TIMESTAMPTZ, true));
        }
        if (load.deletes() == Load.Deletes.MARK && !output.has(load.deletedColumn())) {
            fields.add(new Field(load.deletedColumn(), DataType.Simple.BOOLEAN, true));
        }
        return new Schema(fields);
    }
}
