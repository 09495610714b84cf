package io.headworks.core.contract;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.load.Strategy;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.core.plan.Observed;
import io.headworks.core.plan.Plan;
import io.headworks.core.plan.Step;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses plans that would break the contract of the table they write, and contracts that break what was published. */
public final class ContractGuard {
    private final PipelineSpec pipeline;
    private final @Nullable Contract contract;
    private final BreakingChanges changes;

    public ContractGuard(Project project, PipelineSpec pipeline, Instant now) {
        this.pipeline = pipeline;
        this.contract = project.contracts().of(pipeline.writes()).orElse(null);
        this.changes = new BreakingChanges(project.contracts(), LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /**
     * The plan, when it keeps what is promised.
     *
     * @throws HeadworksException of kind SCHEMA_CHANGE that lists all that it breaks
     */
    public Plan checked(Plan plan, Observed observed) {
        if (contract == null) {
            return plan;
        }
        changes.refusal(contract).ifPresent(refusal -> {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE,
                    "Cannot run " + pipeline.name() + ": " + refusal.reason(),
                    refusal.hint());
        });
        List<String> broken = broken(contract, after(plan, observed));
        if (!broken.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE,
                    "Cannot load into " + pipeline.load().table() + ": " + contract.title() + " would be broken: "
                            + String.join("; ", broken),
                    "cast, rename or derive the column in a stage, or change "
                            + contract.place().file() + " as its policy allows");
        }
        return plan;
    }

    private static List<String> broken(Contract contract, Schema table) {
        List<String> broken = new ArrayList<>();
        for (Contract.Column promised : contract.columns()) {
            Optional<Field> field = table.field(promised.name())
                    .or(() -> table.fields().stream()
                            .filter(each -> each.name().equalsIgnoreCase(promised.name()))
                            .findFirst());
            if (field.isEmpty()) {
                broken.add("column '" + promised.name() + "' is missing (columns: " + table + ")");
            } else if (!field.get().type().equals(promised.type())) {
                broken.add("column '" + promised.name() + "' would be "
                        + field.get().type() + ", and " + promised.type() + " is promised");
            }
        }
        return broken;
    }

    /** The table as it is once the plan's changes are made. */
    private Schema after(Plan plan, Observed observed) {
        Schema stored = observed.target().schema();
        boolean view =
                pipeline.load().strategy() == Strategy.VIEW || observed.target().view();
        List<Field> fields = new ArrayList<>((stored == null || view ? output(plan) : stored).fields());
        for (SchemaChange change : plan.schemaChanges()) {
            if (change instanceof SchemaChange.CreateTable create) {
                fields = new ArrayList<>(create.schema().fields());
            } else if (change instanceof SchemaChange.AddColumn add) {
                fields.add(add.field());
            } else if (change instanceof SchemaChange.WidenColumn widen) {
                fields.replaceAll(field -> field.name().equals(widen.column())
                        ? new Field(field.name(), widen.to(), field.nullable())
                        : field);
            }
        }
        return new Schema(fields);
    }

    private static Schema output(Plan plan) {
        return plan.steps().stream()
                .filter(Step.TransformRows.class::isInstance)
                .map(step -> ((Step.TransformRows) step).output())
                .findFirst()
                .orElse(Schema.EMPTY);
    }
}
