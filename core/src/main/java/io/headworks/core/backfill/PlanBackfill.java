package io.headworks.core.backfill;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerKey;
import io.headworks.api.load.Strategy;
import io.headworks.core.plan.DefinitionHash;
import io.headworks.core.run.LookAhead;
import io.headworks.core.service.Selection;
import io.headworks.core.slice.Bound;
import io.headworks.core.slice.Slice;
import io.headworks.core.slice.SliceCalendar;
import io.headworks.core.slice.Standing;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.SliceHistory;
import io.headworks.core.state.StateDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides what a backfill will do, from the project and what the state remembers; looks at no source and no target. */
public final class PlanBackfill {
    private final Project project;
    private final StateDatabase state;
    private final Instant now;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public PlanBackfill(Project project, StateDatabase state, Instant now) {
        this.project = project;
        this.state = state;
        this.now = now;
    }

    /**
     * Decides.
     *
     * @throws HeadworksException of kind PROJECT with all that stands against it
     */
    public BackfillPlan plan(BackfillRequest request) {
        List<PipelineSpec> chosen = new Selection(project).choose(request.selectors(), request.excluded());
        Map<String, Part> parts = new LinkedHashMap<>();
        chosen.forEach(pipeline -> chosen(pipeline, request).ifPresent(part -> parts.put(part.pipeline(), part)));
        List<PipelineSpec> readers = readers(chosen);
        if (request.downstream()) {
            readers.forEach(reader -> reader(reader, request, parts).ifPresent(part -> parts.put(reader.name(), part)));
        }
        refuse(request);
        List<Affected> affected = readers.stream()
                .map(reader -> Affected.of(reader, request.downstream()))
                .toList();
        parts.values().removeIf(part -> part.runs() == 0);
        return new BackfillPlan(
                request,
                project.environment().name(),
                List.copyOf(parts.values()),
                affected,
                notes,
                project.shownVariables(),
                new Durations(state).expected(parts.values()));
    }

    private Optional<Part> chosen(PipelineSpec pipeline, BackfillRequest request) {
        ExtractSpec.SliceSpec spec = pipeline.extract().slice();
        String name = pipeline.name();
        if (spec == null) {
            String key = pipeline.extract().model() == null ? "extract.slice" : "slice";
            refusals.add(name + " has no " + key + " (as slice: {by: placed_at, every: 1d})");
        } else if (pipeline.load().strategy() == Strategy.VIEW) {
            refusals.add(name + " is a view, which stores nothing");
        } else if (pipeline.load().strategy() == Strategy.TRUNCATE_RELOAD) {
            refusals.add(name + " is loaded by truncate-reload, which replaces the whole table (run it once instead)");
        } else {
            return asked(pipeline, spec, request).map(range -> part(pipeline, spec, range, request));
        }
        return Optional.empty();
    }

    /** The range as this pipeline's calendar reads it, from the beginning of its history. */
    private Optional<Slice> asked(PipelineSpec pipeline, ExtractSpec.SliceSpec spec, BackfillRequest request) {
        SliceCalendar calendar = SliceCalendar.of(spec);
        Optional<Slice> range = Slice.read(request.from(), request.to(), calendar.zone());
        if (range.isEmpty()) {
            refusals.add(request.from() + " to " + request.to()
                    + " is no range (allowed: two times or two numbers, the earlier first)");
            return range;
        }
        Bound start = calendar.start().orElse(range.get().from());
        if (start.isTime() != range.get().from().isTime()
                || !start.isBefore(range.get().to())) {
            refusals.add("the history of " + pipeline.name() + " begins at " + start + ", and " + range.get()
                    + " lies before that");
            return Optional.empty();
        }
        if (range.get().from().isBefore(start)) {
            notes.add(pipeline.name() + ": its history begins at " + start);
            return Optional.of(new Slice(start, range.get().to()));
        }
        if (range.get().to().isTime() && Bound.of("", now).isBefore(range.get().to())) {
            notes.add(pipeline.name() + ": what lies after now is not counted as loaded");
        }
        return range;
    }

    private Part part(PipelineSpec pipeline, ExtractSpec.SliceSpec spec, Slice range, BackfillRequest request) {
        SliceCalendar calendar = SliceCalendar.of(spec);
        List<Slice> all = calendar.cut(range);
        List<Slice> wanted = all;
        String definition = DefinitionHash.of(pipeline);
        Standing.Only only = request.only();
        if (only != null) {
            LedgerKey key = LookAhead.key(project, pipeline);
            SliceHistory history = new SliceHistory(state);
            wanted =
                    Standing.of(
                                    all,
                                    history.loaded(key, calendar.zone()),
                                    history.failed(key, calendar.zone()),
                                    definition)
                            .stream()
                            .filter(standing -> standing.is(only))
                            .map(Standing::slice)
                            .toList();
        }
        return new Part(
                pipeline.name(),
                pipeline.writes().toString(),
                definition,
                spec.by(),
                ordered(wanted, request),
                all.size(),
                false);
    }

    static List<Slice> ordered(List<Slice> oldestFirst, BackfillRequest request) {
        List<Slice> ordered = new ArrayList<>(oldestFirst);
        if (!request.oldestFirst()) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    /** All whose data comes from the chosen, in order. */
    private List<PipelineSpec> readers(List<PipelineSpec> chosen) {
        Set<String> names = new TreeSet<>();
        chosen.forEach(pipeline -> names.addAll(project.graph().descendants(pipeline.name())));
        chosen.forEach(pipeline -> names.remove(pipeline.name()));
        return project.graph().order().stream()
                .filter(names::contains)
                .flatMap(name -> project.pipeline(name).stream())
                .toList();
    }

    /** A reader that goes on from a position would not see rows that are loaded again. */
    private Optional<Part> reader(PipelineSpec reader, BackfillRequest request, Map<String, Part> before) {
        List<Part> sources = project.graph().ancestors(reader.name()).stream()
                .flatMap(name -> Optional.ofNullable(before.get(name)).stream())
                .filter(part -> part.runs() > 0)
                .toList();
        ExtractSpec extract = reader.extract();
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        ExtractSpec.SliceSpec slice = extract.slice();
        if (slice != null && reader.load().strategy() != Strategy.TRUNCATE_RELOAD) {
            return asked(reader, slice, request)
                    .map(range -> touched(part(reader, slice, range, all(request)), sources, request));
        }
        if (extract.incremental() != null) {
            refusals.add(reader.name() + " goes on from its position, and would not see the rows that are loaded again"
                    + " (give it a slice; or leave out --downstream, and run it with --full-refresh afterwards)");
            return Optional.empty();
        }
        return Optional.of(new Part(
                reader.name(),
                reader.writes().toString(),
                DefinitionHash.of(reader),
                null,
                List.of(),
                0,
                extract.isIncremental()));
    }

    private static BackfillRequest all(BackfillRequest request) {
        return new BackfillRequest(
                request.selectors(),
                request.excluded(),
                request.from(),
                request.to(),
                null,
                request.downstream(),
                request.parallel(),
                request.oldestFirst(),
                request.forced());
    }

    /** The slices that overlap what one of its sources loads again. */
    private static Part touched(Part part, List<Part> sources, BackfillRequest request) {
        if (sources.stream().anyMatch(Part::isWhole)) {
            return part;
        }
        List<Slice> loadedAgain =
                sources.stream().flatMap(source -> source.slices().stream()).toList();
        List<Slice> inOrder = part.slices().stream().sorted().toList();
        List<Slice> touched = Standing.of(inOrder, List.of(), loadedAgain, "").stream()
                .filter(Standing::failed)
                .map(Standing::slice)
                .toList();
        return part.with(ordered(touched, request));
    }

    private void refuse(BackfillRequest request) {
        List<String> all = refusals.stream().distinct().toList();
        if (!all.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot backfill " + String.join(" ", request.selectors()) + ": " + String.join("; ", all),
                    "docs/slices.md says what a backfill needs");
        }
    }
}
