package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.History;
import io.headworks.api.load.History.Type;
import io.headworks.api.load.HistoryTable;
import io.headworks.api.load.Load;
import io.headworks.api.target.TargetAbilities;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a declared history fits the columns of the batch and the table that is there. */
final class HistoryFit {
    private final Load load;
    private final History history;
    private final Schema batch;
    private final List<String> refusals = new ArrayList<>();

    private HistoryFit(Load load, History history, Schema batch) {
        this.load = load;
        this.history = history;
        this.batch = batch;
    }

    /** What is wrong with the declaration, given the batch; empty for a load without history. */
    static List<String> refusals(Load load, Schema batch, TargetAbilities target) {
        History history = load.history();
        if (history == null) {
            return List.of();
        }
        HistoryFit fit = new HistoryFit(load, history, batch);
        fit.requireColumns();
        fit.requireTime();
        if (fit.refusals.isEmpty()
                && Stream.concat(load.mergeKeys().stream(), load.orderBy().stream())
                        .allMatch(batch::has)) {
            fit.requireTypes();
            fit.requireNames();
            fit.requireSecondTable(target);
        }
        return fit.refusals;
    }

    private void requireColumns() {
        history.columns().keySet().stream()
                .filter(column -> !batch.has(column))
                .forEach(column -> refusals.add("scd column '" + column + "' is missing (columns: " + batch + ")"));
        history.columns().keySet().stream()
                .filter(column ->
                        load.mergeKeys().contains(column) || load.orderBy().contains(column))
                .forEach(
                        column -> refusals.add(
                                "scd column '" + column
                                        + "' is a merge key or the order of rows, which are never tracked: remove it from scd.columns"));
    }

    private void requireTime() {
        String validAt = history.validAt();
        if (validAt == null) {
            return;
        }
        Optional<Field> field = batch.field(validAt);
        if (field.isEmpty()) {
            refusals.add("valid_at column '" + validAt + "' is missing (columns: " + batch + ")");
        } else if (!isInstant(field.get().type())) {
            refusals.add("valid_at column '" + validAt + "' is " + field.get().type()
                    + " (allowed: date, timestamp or timestamptz of at most 6 digits): cast it in a stage");
        }
        if (load.mergeKeys().contains(validAt)) {
            refusals.add("valid_at '" + validAt + "' is one of the merge keys");
        }
    }

    private static boolean isInstant(DataType type) {
        return type == Simple.DATE || type instanceof DataType.Timestamp timestamp && timestamp.digits() <= 6;
    }

    /** A month equals 30 days to the engine, so that a change between the two would not be seen. */
    private void requireTypes() {
        HistoryTable.of(load, batch).of(Type.values()).stream()
                .filter(field -> field.type() == Simple.INTERVAL)
                .forEach(field -> refusals.add("column '" + field.name()
                        + "' is an interval, whose changes cannot be told apart: cast it to text in a stage"));
    }

    private void requireSecondTable(TargetAbilities target) {
        if (!target.several() && HistoryTable.of(load, batch).beside().isPresent()) {
            refusals.add("columns of type 4 keep their versions in a second table, and this target publishes one at a"
                    + " time (allowed: types 1, 2, 3, 6)");
        }
    }

    private void requireNames() {
        Map<String, String> taken = new LinkedHashMap<>();
        batch.names().forEach(name -> taken.put(name.toLowerCase(Locale.ROOT), "a column of the batch"));
        Load.AuditColumns audit = load.audit();
        if (audit != null) {
            taken.put(audit.run().toLowerCase(Locale.ROOT), "an audit column");
            taken.put(audit.loadedAt().toLowerCase(Locale.ROOT), "an audit column");
        }
        for (Field added : HistoryTable.of(load, batch).added()) {
            String who = taken.put(added.name().toLowerCase(Locale.ROOT), "another column of the history");
            if (who != null) {
                refusals.add("the history's column '" + added.name() + "' is also " + who
                        + ": choose another name in scd.names, or rename the column in a stage");
            }
        }
    }

    /**
     * A table that was written by another declaration is not changed on the way.
     *
     * @throws HeadworksException of kind SCHEMA_CHANGE with what must be migrated
     */
    static void requireSame(Load load, Schema batch, @Nullable Schema table) {
        if (load.history() == null || table == null) {
            return;
        }
        HistoryTable wanted = HistoryTable.of(load, batch);
        List<Field> missing = new ArrayList<>(wanted.structure());
        wanted.added().stream()
                .filter(field -> !missing.contains(field) && table.has(columnOf(field.name())))
                .forEach(missing::add);
        missing.removeIf(field -> table.has(field.name()));
        if (missing.isEmpty()) {
            return;
        }
        List<Field> unknown = new ArrayList<>(table.fields());
        unknown.removeIf(field -> wanted.columns().has(field.name()) || isAudit(load, field.name()));
        throw new HeadworksException(
                FailureKind.SCHEMA_CHANGE,
                "Cannot load into " + load.table() + ": the table was not written with this history: it has no column "
                        + String.join(", ", missing.stream().map(Field::name).toList())
                        + (unknown.isEmpty()
                                ? ""
                                : ", and its "
                                        + String.join(
                                                ", ",
                                                unknown.stream()
                                                        .map(Field::name)
                                                        .toList())
                                        + " is not part of it"),
                migration(load, missing, unknown));
    }

    private static boolean isAudit(Load load, String name) {
        Load.AuditColumns audit = load.audit();
        return audit != null && (name.equals(audit.run()) || name.equals(audit.loadedAt()));
    }

    /** {@code previous_region} is of {@code region}. */
    private static String columnOf(String added) {
        for (String prefix : List.of("previous_", "current_")) {
            if (added.startsWith(prefix)) {
                return added.substring(prefix.length());
            }
        }
        return added.replaceFirst("^_hw_(.*)_(since|until)$", "$1");
    }

    private static String migration(Load load, List<Field> missing, List<Field> unknown) {
        List<String> renames = new ArrayList<>();
        for (Field field : missing) {
            List<Field> alike = unknown.stream()
                    .filter(other -> other.type().equals(field.type()))
                    .toList();
            if (alike.size() == 1) {
                renames.add("ALTER TABLE " + load.table() + " RENAME COLUMN "
                        + alike.get(0).name() + " TO " + field.name() + ";");
            }
        }
        return renames.size() == missing.size()
                ? "set scd back, or migrate the table: " + String.join(" ", renames)
                : "set scd.names and the types in scd back, or give load.table another name and load it from the start"
                        + " (hw run --full-refresh)";
    }
}
