package io.headworks.core.run;

import io.headworks.api.engine.Relation;
import io.headworks.api.engine.Staged;
import io.headworks.api.ledger.DeadLetter;
import io.headworks.api.load.BatchKind;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Source;
import io.headworks.core.extract.Extracted;
import io.headworks.core.extract.StagedExtraction;
import io.headworks.core.plan.Step;
import io.headworks.core.record.StageRecord;
import java.util.List;

/** Takes rows from the source: in place, into work storage, or from the dead letter. */
final class ExtractStage {
    /** A replay holds its rows in memory; what is left takes another one. */
    private static final int MOST_DEAD_LETTERS = 50_000;

    private final Stage run;

    ExtractStage(Stage run) {
        this.run = run;
    }

    Taken take(Step.ExtractRows step) {
        if (run.plan().kind().equals("repair")) {
            return deadLetters();
        }
        Source source = run.source(step.connection());
        return run.isDirect() ? inPlace(source, step) : staged(source, step);
    }

    private Taken inPlace(Source source, Step.ExtractRows step) {
        RowSource rows = source.rows(step.extract(), run.observed().source(), step.keys(), step.files());
        Relation read = rows instanceof RowSource.Parallel streams
                ? run.engine().stream(streams)
                : run.engine().scan(((RowSource.InPlace) rows).scan());
        return Taken.of(StageRows.inPlace(read), null);
    }

    private Taken staged(Source source, Step.ExtractRows step) {
        run.tally().enter("extract");
        long started = System.nanoTime();
        Extracted result = new StagedExtraction(
                        run.engine(), source, run.observed().source())
                .run(run.isSlice() ? step.withEmptyAllowed() : step, run.plan().positionBefore());
        if (result.count() == 0 && result.rejected() == 0 && !step.emptyAllowed()) {
            run.refuseEmptySlice();
        }
        run.tally()
                .done(new StageRecord(
                        "extract",
                        "staged",
                        result.read(),
                        result.count(),
                        result.rejected(),
                        result.filtered(),
                        Stage.since(started)));
        boolean quiet = result.count() == 0 && result.rejected() == 0 && step.kind() == BatchKind.DELTA;
        return quiet && !run.removes()
                ? Taken.nothing("no row since the last position")
                : Taken.of(StageRows.of(result), result.position());
    }

    /** Read under the fence: another replay that resolves the same letters takes it from us, and the load is refused. */
    private Taken deadLetters() {
        run.tally().enter("extract");
        long started = System.nanoTime();
        List<DeadLetter> letters = run.target().deadLetters(run.plan().key(), false, MOST_DEAD_LETTERS);
        run.corrected().requireWhole(run.observed().source().schema().names());
        List<DeadLetter> chosen = run.corrected().in(letters);
        DeadLetterRows replayed =
                DeadLetterRows.of(chosen, run.observed().source().schema());
        replayed.left().forEach(run.tally()::note);
        Taken taken = replayed.ids().isEmpty() ? noneOf(chosen) : staged(replayed);
        long count = taken.rows() == null ? 0 : taken.rows().count();
        run.tally()
                .done(new StageRecord(
                        "extract",
                        "dead letter",
                        (long) chosen.size(),
                        count,
                        0,
                        chosen.size() - count,
                        Stage.since(started)));
        return taken;
    }

    private static Taken noneOf(List<DeadLetter> letters) {
        return Taken.nothing(
                letters.isEmpty() ? "no row waits in the dead letter" : "no row in the dead letter can be replayed");
    }

    private Taken staged(DeadLetterRows replayed) {
        Staged staged = run.engine().stage("extract", replayed.rows());
        StageRows rows = new StageRows(
                staged.rows(),
                staged.rows(),
                staged.count() + staged.rejected(),
                staged.count(),
                true,
                0,
                List.of(),
                List.of());
        return new Taken(rows, null, run.plan().positionAfter(), replayed.ids());
    }
}
