package io.headworks.core.plan;

import io.headworks.api.check.Check;
import io.headworks.api.load.History;
import io.headworks.api.load.Load;
import io.headworks.api.load.Removal;
import io.headworks.api.load.SchemaChange;
import io.headworks.api.name.StoredName;
import io.headworks.api.source.Extract.Reading;
import io.headworks.api.source.KeyRange;
import io.headworks.api.transform.Operation;
import io.headworks.core.ledger.Positions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan for people: a heading, then labelled lines. The visitor that explains the steps another one runs. */
public final class PlanText implements Step.Visitor<Void> {
    private static final int LABEL_WIDTH = 15;
    private static final Map<History.Type, String> HISTORY = new EnumMap<>(Map.of(
            History.Type.OVERWRITE, "overwrites all versions",
            History.Type.VERSION, "opens a version",
            History.Type.PREVIOUS, "keeps the previous value",
            History.Type.BESIDE, "keeps versions in a table beside",
            History.Type.HYBRID, "opens a version, keeps the current and the previous value"));

    private final Plan plan;
    private final List<String> downstream;
    private final List<String> contract;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan, List<String> downstream, List<String> contract) {
        this.plan = plan;
        this.contract = contract;
        this.downstream = downstream;
    }

    /**
     * The lines of a plan.
     *
     * @param downstream pipelines that read what this one writes
     */
    public static List<String> of(Plan plan, List<String> downstream) {
        return of(plan, downstream, List.of());
    }

    /**
     * The same of a table with a contract.
     *
     * @param contract what there is to know of it
     */
    public static List<String> of(Plan plan, List<String> downstream, List<String> contract) {
        PlanText text = new PlanText(plan, downstream, contract);
        text.explain();
        return text.lines;
    }

    private void explain() {
        lines.add(plan.pipeline() + " → " + plan.key().dataset());
        String idle = plan.idle();
        if (idle != null) {
            line("nothing to do", idle);
            line("position", Positions.describe(plan.positionBefore()));
            return;
        }
        plan.steps().forEach(step -> step.accept(this));
        line("plan", plan.physical().key() + " (" + plan.physicalReason() + ")");
        if (!downstream.isEmpty()) {
            line("downstream", String.join(", ", downstream));
        }
        contract.forEach(each -> line("contract", each));
        line("guarantee", plan.guarantee().sentence());
        plan.guarantee().limits().forEach(limit -> line("limit", limit));
        plan.notes().forEach(note -> line("note", note));
        line("hash", plan.hash());
    }

    @Override
    public Void takeFence(Step.TakeFence step) {
        return done();
    }

    @Override
    public Void extractRows(Step.ExtractRows step) {
        Reading reading = step.extract().reading();
        String what = reading instanceof Reading.Table table
                ? "table " + table.name()
                : reading instanceof Reading.Files files
                        ? files.path()
                        : reading instanceof Reading.Model model ? model.file() : "a query";
        List<String> sizes = new ArrayList<>();
        if (!step.files().isEmpty()) {
            sizes.add(step.files().size() + (step.files().size() == 1 ? " file" : " files"));
        }
        if (plan.expectedRows() != null) {
            sizes.add(String.format(Locale.ROOT, "%,d rows expected", plan.expectedRows()));
        }
        line(
                "extract",
                step.connection() + ": " + what + (sizes.isEmpty() ? "" : " (" + String.join(", ", sizes) + ")"));
        KeyRange keys = step.keys();
        if (keys != null) {
            line("range", range(keys));
        }
        line(
                "position",
                Positions.describe(plan.positionBefore())
                        + (plan.kind().equals("live") ? " → " + after(step) : " (a slice does not move it)"));
        line(
                "columns",
                step.schema().fields().stream()
                        .map(field -> field.name() + " " + field.type())
                        .collect(Collectors.joining(", ")));
        return done();
    }

    private String after(Step.ExtractRows step) {
        if (plan.positionAfter() != null) {
            return Positions.describe(plan.positionAfter());
        }
        return step.positionColumn() == null ? "none is kept" : "the largest " + step.positionColumn() + " read";
    }

    private static String range(KeyRange keys) {
        String from = keys.from() == null ? "" : keys.from() + " ≤ ";
        String to = keys.to() == null ? "" : " < " + keys.to();
        return from + keys.column() + to + (keys.includeNulls() ? ", or no value" : "");
    }

    @Override
    public Void transformRows(Step.TransformRows step) {
        Map<String, List<String>> stages = new LinkedHashMap<>();
        for (Segment segment : step.segments()) {
            if (segment.operations().get(0) instanceof Operation.FitTable fit) {
                discards(fit);
                continue;
            }
            stages.computeIfAbsent(segment.stage(), name -> new ArrayList<>())
                    .addAll(segment.operations().stream().map(Operation::key).toList());
        }
        stages.forEach((stage, operations) -> line("stage", stage + ": " + String.join(", ", operations)));
        return done();
    }

    private void discards(Operation.FitTable fit) {
        fit.unknown()
                .forEach(column -> line(
                        "discard",
                        "rows with a value in " + column + ", a column that " + fit.table() + " does not have"));
        fit.retyped().forEach(field -> line("discard", "rows whose " + field.name() + " is no " + field.type()));
    }

    @Override
    public Void gateBatch(Step.GateBatch step) {
        checks("reject", step.rejecting());
        checks("gate", step.checking());
        if (!step.rejecting().isEmpty()) {
            line("max reject", step.maxRejected().toString());
        }
        return done();
    }

    @Override
    public Void compareKeys(Step.CompareKeys step) {
        line(
                "compare",
                String.join(", ", step.columns().names())
                        + " of all rows of the source with the table's; rows that only" + " the table has are "
                        + (step.mark() == null ? "deleted" : "marked in " + step.mark()));
        return done();
    }

    @Override
    public Void loadTable(Step.LoadTable step) {
        Load load = step.load();
        line(
                "load",
                load.strategy().key() + " into " + load.table()
                        + (load.mergeKeys().isEmpty() ? "" : " by " + String.join(", ", load.mergeKeys()))
                        + (load.orderBy().isEmpty() ? "" : ", newest by " + String.join(", ", load.orderBy()))
                        + ", batch is a " + step.kind().name().toLowerCase(Locale.ROOT));
        history(load);
        Removal removal = step.removal();
        if (removal != null) {
            line("delete", "rows whose " + removal.column() + " is " + String.join(", ", removal.values()));
        }
        step.changes().forEach(change -> line("schema", sentence(change)));
        step.rekeys().forEach(this::rekey);
        checks("check", step.checks());
        return done();
    }

    private void rekey(Rekey rekey) {
        Duration window = Objects.requireNonNull(rekey.lookup().rekey());
        line(
                "rekey",
                String.join(", ", rekey.lookup().take().keySet()) + " in "
                        + rekey.load().table()
                        + " where versions of their keys change, back to "
                        + (window.toDays() > 0 ? window.toDays() + " days" : window.toHours() + " hours")
                        + " ago by " + rekey.lookup().asOf());
    }

    private void history(Load load) {
        History history = load.history();
        if (history == null) {
            return;
        }
        Map<History.Type, List<String>> columns = new TreeMap<>();
        history.columns()
                .forEach((column, type) ->
                        columns.computeIfAbsent(type, any -> new ArrayList<>()).add(column));
        columns.computeIfAbsent(history.byDefault(), any -> new ArrayList<>()).add("all others");
        columns.forEach((type, names) ->
                line("history", "type " + type.number() + " " + HISTORY.get(type) + ": " + String.join(", ", names)));
        line(
                "history",
                "in time by " + (history.validAt() == null ? "arrival" : history.validAt()) + ", deletes: "
                        + history.deletes().key());
    }

    @Override
    public Void checkAfterCommit(Step.CheckAfterCommit step) {
        checks("afterwards", step.checks());
        return done();
    }

    @Override
    public Void runAfterwards(Step.RunAfterwards step) {
        line("afterwards", "load.after runs once the data is published");
        return done();
    }

    private static String sentence(SchemaChange change) {
        if (change instanceof SchemaChange.CreateTable create) {
            return "create the table: "
                    + create.schema().fields().stream()
                            .map(field -> field.name() + " " + field.type())
                            .collect(Collectors.joining(", "));
        } else if (change instanceof SchemaChange.AddColumn add) {
            return "add column " + add.field().name() + " " + add.field().type();
        }
        if (change instanceof SchemaChange.KeepName keep) {
            return sentence(keep.name());
        }
        SchemaChange.WidenColumn widen = (SchemaChange.WidenColumn) change;
        return "widen column " + widen.column() + " from " + widen.from() + " to " + widen.to();
    }

    private static String sentence(StoredName name) {
        return switch (name.of()) {
            case TABLE -> "store the table as " + name.stored();
            case COLUMN -> "store column " + name.name() + " as " + name.stored();
            case SOURCE_COLUMN -> "remember that column " + name.name() + " of the source is called " + name.stored();
        };
    }

    private void checks(String label, List<Check> checks) {
        for (Check check : checks) {
            line(
                    label,
                    check.severity() + " " + check.name() + " ("
                            + check.scope().name().toLowerCase(Locale.ROOT) + ", on fail "
                            + check.onFail().name().toLowerCase(Locale.ROOT) + ")");
        }
    }

    private void line(String label, String text) {
        String padding = " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
        lines.add("  " + label + padding + text);
    }

    @SuppressWarnings("NullAway")
    private static Void done() {
        return null;
    }
}
