package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.BatchKind;
import io.headworks.api.load.LoadRequest.Slice;
import io.headworks.api.load.Removal;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.Extract;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileSelection;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.KeyRange;
import io.headworks.api.source.Position;
import io.headworks.api.source.SourceState;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.core.slice.SliceCalendar;
import io.headworks.core.slice.SliceText;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.ExtractSpec.Incremental;
import io.headworks.core.spec.ExtractSpec.NullKeys;
import io.headworks.core.spec.ModelSpec;
import io.headworks.core.spec.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the source a run reads, and what its position is afterwards.
 *
 * @param removal rows of vanished files; null for none
 * @param idle why there is nothing to read; null when there may be something
 * @param positionAfter known now for files; null where the rows decide
 */
record ExtractPlan(
        Step.ExtractRows step,
        @Nullable Slice slice,
        @Nullable Removal removal,
        @Nullable Position positionAfter,
        @Nullable String idle,
        List<String> notes) {

    static ExtractPlan of(PipelineSpec pipeline, Observed observed, @Nullable Position known, Request request) {
        ModelSpec model = pipeline.extract().model();
        return model != null && !request.isSlice()
                ? ModelExtract.of(pipeline, model, observed, known, request)
                : new Builder(pipeline, observed, known, request).build();
    }

    private static final class Builder {
        private final PipelineSpec pipeline;
        private final Observed observed;
        private final ExtractSpec spec;
        private final Extract extract;
        private final SourceState source;
        private final @Nullable Position known;
        private final Request request;
        private final List<String> notes;

        Builder(PipelineSpec pipeline, Observed observed, @Nullable Position known, Request request) {
            this.pipeline = pipeline;
            this.observed = observed;
            this.spec = pipeline.extract();
            this.extract = observed.extract();
            this.source = observed.source();
            this.known = request.fullRefresh() ? null : known;
            this.request = request;
            this.notes = new ArrayList<>(source.notes());
        }

        ExtractPlan build() {
            if (request.isSlice()) {
                return slice();
            }
            Incremental incremental = spec.incremental();
            if (incremental == null) {
                Position after = isFiles() ? new Position.Files(source.files(), source.schema()) : null;
                return plan(BatchKind.SNAPSHOT, null, source.files(), null, after, null);
            }
            String key = incremental.key();
            return key == null ? newFiles() : byKey(incremental, key);
        }

        private ExtractPlan slice() {
            String column = spec.sliceColumn();
            if (column == null) {
                throw refused(
                        "a slice",
                        "the pipeline has neither 'slice' nor 'incremental_key'",
                        "add extract.slice: {by: <column>}");
            }
            DataType type = keyType(column);
            String from = bound(Objects.requireNonNull(request.from()), type, "--from");
            String to = bound(Objects.requireNonNull(request.to()), type, "--to");
            if (KeyArithmetic.compare(from, to, type) >= 0) {
                throw refused("the slice " + from + " to " + to, "it is empty: --from must be before --to", null);
            }
            noteSlices(type);
            KeyRange range = new KeyRange(column, type, from, to, false);
            ExtractPlan plan = plan(BatchKind.SNAPSHOT, range, source.files(), null, known, null);
            return new ExtractPlan(plan.step(), new Slice(column, from, to), null, known, null, notes);
        }

        /** How the range is cut, and where it cuts a slice through. */
        private void noteSlices(DataType type) {
            ExtractSpec.SliceSpec slice = spec.slice();
            if (slice == null || slice.every() == null || !type.isTime()) {
                return;
            }
            String from = Objects.requireNonNull(request.from());
            String to = Objects.requireNonNull(request.to());
            List<io.headworks.core.slice.Slice> slices = SliceCalendar.of(slice).cut(from, to);
            String first = slices.get(0).toString();
            String last = slices.get(slices.size() - 1).toString();
            notes.add(
                    slices.size() == 1
                            ? "one slice of " + slice.every() + " or a part of it: " + first
                            : slices.size() + " slices of " + slice.every() + ", the first " + first + ", the last "
                                    + last + ", in one load (hw backfill loads them one by one)");
        }

        private String bound(String text, DataType type, String what) {
            return KeyArithmetic.normalise(SliceText.of(text, type, spec.sliceZone()), type, what);
        }

        private ExtractPlan newFiles() {
            FileReading reading = Objects.requireNonNull(spec.extract().files());
            List<FileStamp> before = known instanceof Position.Files files ? files.files() : List.of();
            FileSelection selection =
                    new FileSelection(source.files(), before, reading.changed(), reading.rereadPartition());
            Removal removal = removal(reading, selection);
            refuseDoubling(selection);
            List<FileStamp> files = selection.toRead();
            if (!files.isEmpty() && !before.isEmpty()) {
                notes.add(files.size() + " of " + source.files().size() + " files to read: "
                        + selection.added().size() + " new, "
                        + selection.modified().size() + " changed");
            }
            String idle = files.isEmpty() && removal == null ? "no new file since the last load" : null;
            boolean forget = reading.vanished() == FileReading.Vanished.DELETE;
            Position after = new Position.Files(selection.after(forget).files(), source.schema());
            ExtractPlan plan = plan(BatchKind.DELTA, null, files, null, after, idle);
            return new ExtractPlan(plan.step(), null, removal, after, idle, notes);
        }

        private @Nullable Removal removal(FileReading reading, FileSelection selection) {
            List<FileStamp> vanished = selection.vanished();
            if (vanished.isEmpty() || reading.vanished() == FileReading.Vanished.IGNORE) {
                return null;
            }
            boolean allGone = source.files().isEmpty();
            if (reading.vanished() == FileReading.Vanished.DELETE && !allGone) {
                notes.add("vanished, their rows go: "
                        + vanished.stream().map(FileStamp::path).collect(Collectors.joining(", ")));
                return VanishedRows.of(pipeline, observed, selection);
            }
            String first =
                    vanished.get(0).path() + (vanished.size() > 1 ? " and " + (vanished.size() - 1) + " more" : "");
            throw new HeadworksException(
                    FailureKind.POSITION_LOST,
                    "Cannot continue " + pipeline.name() + ": loaded before and no longer there: " + first
                            + (allGone ? " (no file is left: the folder itself may be missing)" : ""),
                    "bring the file back, or set files.vanished: ignore" + (allGone ? "" : " or delete"));
        }

        /** Rows of a file that is read again would stand in the table twice unless something replaces them. */
        private void refuseDoubling(FileSelection selection) {
            boolean readsAgain = !selection.modified().isEmpty() || selection.rereadPartition();
            if (readsAgain
                    && pipeline.load().strategy() == Strategy.APPEND
                    && pipeline.load().mergeKeys().isEmpty()) {
                String what = selection.modified().isEmpty()
                        ? "files.reread: partition reads files again"
                        : selection.modified().get(0).path() + " changed since it was loaded";
                throw refused(
                        "new files",
                        what + ", and append would double its rows",
                        "use upsert or append with merge_keys, partition-swap, or files.changed: name");
            }
        }

        private ExtractPlan byKey(Incremental incremental, String key) {
            DataType type = keyType(key);
            String from = null;
            if (known != null) {
                if (!(known instanceof Position.Key position)
                        || !position.column().equals(key)) {
                    throw new HeadworksException(
                            FailureKind.POSITION_LOST,
                            "Cannot continue " + pipeline.name() + " on key '" + key
                                    + "': the last load's position is of "
                                    + (known instanceof Position.Key other ? "key '" + other.column() + "'" : "files"),
                            "run it once with --full-refresh");
                }
                from = incremental.lookback() == null
                        ? position.value()
                        : KeyArithmetic.minus(position.value(), type, incremental.lookback());
            }
            String to = type.isTime() ? KeyArithmetic.bound(source.clock(), incremental.settle(), type) : null;
            return plan(BatchKind.DELTA, new KeyRange(key, type, from, to, true), source.files(), key, null, null);
        }

        private ExtractPlan plan(
                BatchKind kind,
                @Nullable KeyRange keys,
                List<FileStamp> files,
                @Nullable String positionColumn,
                @Nullable Position after,
                @Nullable String idle) {
            Incremental incremental = spec.incremental();
            boolean refuseNullKeys =
                    positionColumn != null && incremental != null && incremental.nullKeys() == NullKeys.REFUSE;
            boolean nothingToRead = isFiles() && files.isEmpty() && kind == BatchKind.DELTA;
            boolean quietAllowed = spec.allowEmpty() || nothingToRead || (positionColumn != null && known != null);
            Step.ExtractRows step = new Step.ExtractRows(
                    spec.connection(),
                    extract,
                    kind,
                    keys,
                    files,
                    source.schema(),
                    positionColumn,
                    refuseNullKeys,
                    pipeline.errorHandling().deadLetters(),
                    quietAllowed);
            return new ExtractPlan(step, null, null, after, idle, notes);
        }

        private boolean isFiles() {
            return spec.extract().reading() instanceof Extract.Reading.Files;
        }

        private DataType keyType(String column) {
            DataType type = source.schema()
                    .field(column)
                    .map(Field::type)
                    .orElseThrow(() -> refused(
                            "key '" + column + "'",
                            "the source has no such column (columns: " + source.schema() + ")",
                            null));
            if (type.isTime() || type.isNumber() || type.isText()) {
                return type;
            }
            throw refused("key '" + column + "'", "its type is " + type, "use a date, timestamp, number or text");
        }

        private HeadworksException refused(String what, String why, @Nullable String hint) {
            return new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + pipeline.name() + " by " + what + ": " + why, hint);
        }
    }
}
