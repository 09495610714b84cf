package io.headworks.core.proof;

import io.headworks.api.engine.Engine;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Strategy;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.FailPoint;
import io.headworks.core.isolation.FrozenBatch;
import io.headworks.core.plan.Request;
import io.headworks.core.record.RunRecord;
import io.headworks.core.spec.Expectation.Match;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The replays of one batch, each from the same start; what the first left behind is what the others must. */
final class Replays {
    private final Engine engine;
    private final PipelineSpec pipeline;
    private final FreezeBatch.Frozen frozen;
    private final ReplayPlaces places;
    private final Killing killing;
    private final Consumer<Replayed> ended;
    private final Cancellation cancellation;
    private final List<Replayed> done = new ArrayList<>();
    private final List<String> notes;
    private int killed;

    /**
     * @param notes to begin with
     * @param ended hears of each replay as it ends
     */
    Replays(
            Engine engine,
            PipelineSpec pipeline,
            FreezeBatch.Frozen frozen,
            ReplayPlaces places,
            Killing killing,
            List<String> notes,
            Consumer<Replayed> ended,
            Cancellation cancellation) {
        this.engine = engine;
        this.pipeline = pipeline;
        this.frozen = frozen;
        this.places = places;
        this.killing = killing;
        this.ended = ended;
        this.cancellation = cancellation;
        this.notes = new ArrayList<>(notes);
        this.notes.addAll(frozen.notes());
    }

    Proof prove(int kills, long seed) {
        Random random = new Random(seed);
        ReplayPlace once = place("once");
        RunRecord record = once.run(engine, live(), cancellation);
        cancellation.check();
        if (!record.status().isPublished()) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot verify " + pipeline.name() + ": the run itself fails: " + reason(record),
                    "correct it; what a failing run leaves behind proves nothing");
        }
        List<ReplayPlace.Content> first = contents(once);
        add(new Replayed("once", first.get(0).rows().size(), "", List.of()));
        compare("the same run again", once, live(), first);
        repeatFromTheBeginning(once, first);
        slicesInAnotherOrder(random, once.batch(engine, cancellation));
        places.remove(once);
        killAndRunAgain(kills, random, first);
        return new Proof(
                pipeline.name(),
                pipeline.writes().toString(),
                seed,
                frozen.rows(),
                frozen.before(),
                killed,
                done,
                notes);
    }

    private Request live() {
        return frozen.settings().request();
    }

    /** Without its position the pipeline meets all of the batch a second time. */
    private void repeatFromTheBeginning(ReplayPlace once, List<ReplayPlace.Content> first) {
        boolean adds = pipeline.load().strategy() == Strategy.APPEND
                && pipeline.load().mergeKeys().isEmpty();
        if (adds) {
            notes.add("not tried: the batch a second time without its position; append adds what it is given");
        } else if (!live().isSlice()) {
            compare("the batch a second time", once, new Request(null, null, true), first);
        }
    }

    /** Slices never move the position: loaded in any order, they leave the same behind. */
    private void slicesInAnotherOrder(Random random, FrozenBatch batch) {
        String column = pipeline.extract().sliceColumn();
        List<Request> slices = column == null || live().isSlice() ? List.of() : SliceCuts.of(batch, column);
        if (slices.size() < 2) {
            String why = column == null
                    ? "the pipeline has neither slice nor incremental_key"
                    : live().isSlice() ? "the batch is one slice" : "the batch cannot be cut by " + column;
            notes.add("not tried: slices in another order; " + why);
            return;
        }
        List<Request> shuffled = new ArrayList<>(slices);
        while (shuffled.equals(slices)) {
            Collections.shuffle(shuffled, random);
        }
        ReplayPlace sorted = place("sorted");
        for (Request slice : slices) {
            RunRecord record = sorted.run(engine, slice, cancellation);
            cancellation.check();
            if (!record.status().isPublished()) {
                notes.add("not tried: slices in another order; " + reason(record));
                return;
            }
        }
        List<ReplayPlace.Content> expected = contents(sorted);
        places.remove(sorted);
        ReplayPlace other = place("shuffled");
        List<Request> before = shuffled.subList(0, shuffled.size() - 1);
        String name = slices.size() + " slices in another order";
        for (Request slice : before) {
            RunRecord record = other.run(engine, slice, cancellation);
            cancellation.check();
            if (!record.status().isPublished()) {
                add(new Replayed(name, 0, "the run fails: " + reason(record), List.of()));
                return;
            }
        }
        compare(name, other, shuffled.get(shuffled.size() - 1), expected);
        places.remove(other);
    }

    private void killAndRunAgain(int kills, Random random, List<ReplayPlace.Content> first) {
        if (kills == 0) {
            notes.add("not tried: kills");
            return;
        }
        List<String> passed = trace();
        if (passed.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.INTERNAL, "Cannot verify " + pipeline.name() + ": a replay passes no fail-point");
        }
        for (int i = 1; i <= kills; i++) {
            cancellation.check();
            int at = random.nextInt(passed.size());
            String point = passed.get(at);
            long passing =
                    passed.subList(0, at + 1).stream().filter(point::equals).count();
            String name = "killed at " + point + ":" + passing + " ("
                    + FailPoint.valueOf(point).where() + "), run again";
            ReplayPlace place = place("killed-" + i);
            if (killing.killedAt(point + ":" + passing, place.folder(), cancellation)) {
                killed++;
                compare(name, place, live(), first);
            } else {
                add(new Replayed(name, 0, "it ended before it was killed", List.of()));
            }
            places.remove(place);
        }
    }

    private List<String> trace() {
        ReplayPlace place = place("traced");
        List<String> passed = killing.trace(place.folder(), cancellation);
        places.remove(place);
        return passed;
    }

    private void compare(String name, ReplayPlace place, Request request, List<ReplayPlace.Content> expected) {
        cancellation.check();
        RunRecord record = place.run(engine, request, cancellation);
        cancellation.check();
        if (!record.status().isPublished()) {
            add(new Replayed(name, 0, "the run fails: " + reason(record), List.of()));
            return;
        }
        List<ReplayPlace.Content> now = contents(place);
        List<String> problems = new ArrayList<>();
        List<RowDifference> differences = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            WrittenTable table = frozen.written().get(i);
            ReplayPlace.Content content = now.get(i);
            List<String> columns = content.columns();
            if (columns.equals(expected.get(i).columns())) {
                List<String> key = columns.containsAll(table.key()) ? table.key() : List.of();
                differences.addAll(new RowComparison(table.dataset(), columns, key, Match.EXACT)
                        .compare(expected.get(i).rows(), content.rows()));
            } else {
                problems.add(table.dataset() + " has other columns: " + columns + " instead of "
                        + expected.get(i).columns());
            }
        }
        add(new Replayed(name, now.get(0).rows().size(), String.join("; ", problems), differences));
    }

    /** Of each table that the load writes. */
    private List<ReplayPlace.Content> contents(ReplayPlace place) {
        return frozen.written().stream()
                .map(table -> place.content(table, engine, cancellation))
                .toList();
    }

    private void add(Replayed replayed) {
        done.add(replayed);
        ended.accept(replayed);
    }

    private ReplayPlace place(String name) {
        return places.make(name, engine, frozen, cancellation);
    }

    private static String reason(RunRecord record) {
        RunRecord.Failure failure = record.failure();
        return failure == null ? String.join("; ", record.notes()) : failure.message();
    }
}
