package io.headworks.core.backfill;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.backfill.Backfill.Left;
import io.headworks.core.json.Json;
import io.headworks.core.plan.DefinitionHash;
import io.headworks.core.run.LookAhead;
import io.headworks.core.slice.LoadedRange;
import io.headworks.core.slice.Slice;
import io.headworks.core.slice.SliceCalendar;
import io.headworks.core.slice.Standing;
import io.headworks.core.spec.ExtractSpec.SliceSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.BackfillStore.Kept;
import io.headworks.core.state.SliceHistory;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A backfill as it was asked for, with what is left of it: the slices that no run committed since it began. */
final class ResumedBackfill {
    private final Project project;
    private final StateDatabase state;
    private final Kept kept;
    private final Map<String, @Nullable Object> document;

    ResumedBackfill(Project project, StateDatabase state, Kept kept) {
        this.project = project;
        this.state = state;
        this.kept = kept;
        this.document = Json.readObject(kept.document());
    }

    /** @throws HeadworksException of kind APPROVAL when it would go on with another definition than it began with */
    Backfill read() {
        requireSameVariables();
        List<Left> left = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(document.get("parts"))) {
            left.add(left((Map<?, ?>) each));
        }
        BackfillPlan plan = new BackfillPlan(
                request(),
                kept.environment(),
                left.stream().map(Left::whole).toList(),
                affected(),
                texts(document.get("notes")),
                variables(),
                null);
        return new Backfill(kept.id(), Instant.parse(String.valueOf(document.get("started_at"))), plan, left);
    }

    private Left left(Map<?, ?> tree) {
        String name = String.valueOf(tree.get("pipeline"));
        PipelineSpec pipeline =
                project.pipeline(name).orElseThrow(() -> changed("there is no pipeline " + name + " any more"));
        String definition = String.valueOf(tree.get("definition_hash"));
        if (!definition.equals(DefinitionHash.of(pipeline))) {
            throw changed(name + " is defined otherwise now, and one part would be made by the old definition");
        }
        Object column = tree.get("slice_column");
        Measure before = measure(tree.get("before"));
        int of = number(tree, "slices_of_range");
        boolean refresh = Boolean.TRUE.equals(tree.get("full_refresh"));
        String dataset = String.valueOf(tree.get("dataset"));
        if (column == null) {
            Part whole = new Part(name, dataset, definition, null, List.of(), 0, refresh);
            return new Left(whole, whole, number(tree, "done"), before);
        }
        Part whole = new Part(name, dataset, definition, column.toString(), slices(pipeline, tree), of, false);
        Part part = whole.with(notLoaded(pipeline, whole.slices()));
        return new Left(whole, part, whole.runs() - part.runs(), before);
    }

    private List<Slice> slices(PipelineSpec pipeline, Map<?, ?> tree) {
        SliceSpec spec = pipeline.extract().slice();
        if (spec == null) {
            throw changed(pipeline.name() + " has no slice any more");
        }
        SliceCalendar calendar = SliceCalendar.of(spec);
        List<Slice> slices = new ArrayList<>();
        for (Object range : (List<?>) Objects.requireNonNull(tree.get("ranges"))) {
            Map<?, ?> ends = (Map<?, ?>) range;
            slices.addAll(calendar.cut(String.valueOf(ends.get("from")), String.valueOf(ends.get("to"))));
        }
        return PlanBackfill.ordered(slices, request());
    }

    private List<Slice> notLoaded(PipelineSpec pipeline, List<Slice> slices) {
        List<LoadedRange> loaded = new SliceHistory(state)
                        .loadedSince(
                                LookAhead.key(project, pipeline),
                                kept.id(),
                                pipeline.extract().sliceZone())
                        .stream()
                        .map(slice -> new LoadedRange(slice, "", "", null, null))
                        .toList();
        List<Slice> open = Standing.of(slices.stream().sorted().toList(), loaded, List.of(), "").stream()
                .filter(standing -> !standing.loaded())
                .map(Standing::slice)
                .toList();
        return PlanBackfill.ordered(open, request());
    }

    private BackfillRequest request() {
        Map<?, ?> asked = (Map<?, ?>) Objects.requireNonNull(document.get("asked"));
        Object only = asked.get("only");
        Object forced = asked.get("forced");
        return new BackfillRequest(
                texts(asked.get("select")),
                texts(asked.get("exclude")),
                String.valueOf(asked.get("from")),
                String.valueOf(asked.get("to")),
                only == null ? null : Standing.Only.valueOf(only.toString().toUpperCase(Locale.ROOT)),
                Boolean.TRUE.equals(asked.get("downstream")),
                number(asked, "parallel"),
                Boolean.TRUE.equals(asked.get("oldest_first")),
                forced == null ? null : forced.toString());
    }

    private List<Affected> affected() {
        List<Affected> affected = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(document.get("affected"))) {
            Map<?, ?> tree = (Map<?, ?>) each;
            Object owner = tree.get("owner");
            affected.add(new Affected(
                    String.valueOf(tree.get("pipeline")),
                    owner == null ? null : owner.toString(),
                    texts(tree.get("alert_channels")),
                    Boolean.TRUE.equals(tree.get("rebuilt"))));
        }
        return affected;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        if (document.get("variables") instanceof Map<?, ?> tree) {
            tree.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
        return variables;
    }

    private void requireSameVariables() {
        if (!variables().equals(new TreeMap<>(project.shownVariables()))) {
            throw changed("its variables were " + variables() + " and are " + new TreeMap<>(project.shownVariables())
                    + " now");
        }
    }

    private HeadworksException changed(String why) {
        return new HeadworksException(
                FailureKind.APPROVAL,
                "Cannot resume backfill " + kept.id() + ": " + why,
                "begin a new one for the same range; hw backfill … --only stale loads what the old definition made");
    }

    private static @Nullable Measure measure(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> tree)) {
            return null;
        }
        return new Measure(
                number(tree, "rows"),
                tree.get("duplicates") instanceof Number duplicates ? Long.valueOf(duplicates.longValue()) : null,
                Boolean.TRUE.equals(tree.get("whole_table")));
    }

    private static int number(Map<?, ?> tree, String key) {
        return ((Number) Objects.requireNonNull(tree.get(key))).intValue();
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
