package io.headworks.core.plan;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.load.Load;
import io.headworks.api.load.Removal;
import io.headworks.api.load.Strategy;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileSelection;
import io.headworks.api.source.FileStamp;
import io.headworks.core.spec.PipelineSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the table came from files that are gone. Deleted only where a row belongs to one file and says so: under
 * append and merge by a column that holds its file's path, under partition-swap by the partition that lost its last file.
 * Anywhere else a row could have come from a file that is still there as well.
 */
final class VanishedRows {
    private final PipelineSpec pipeline;
    private final Observed observed;
    private final FileReading reading;
    private final Load load;

    private VanishedRows(PipelineSpec pipeline, Observed observed) {
        this.pipeline = pipeline;
        this.observed = observed;
        this.reading = Objects.requireNonNull(pipeline.extract().extract().files());
        this.load = pipeline.load();
    }

    /** Null when reading the rest of their partitions again replaces all of them. */
    static @Nullable Removal of(PipelineSpec pipeline, Observed observed, FileSelection selection) {
        VanishedRows rows = new VanishedRows(pipeline, observed);
        if (!observed.abilities().removes()) {
            throw rows.refused("the target cannot delete the rows of a file yet");
        }
        return pipeline.load().strategy() == Strategy.PARTITION_SWAP
                ? rows.ofPartitions(selection.emptiedPartitions())
                : rows.ofFiles(selection.vanished());
    }

    private @Nullable Removal ofPartitions(List<FileStamp> emptied) {
        if (emptied.isEmpty()) {
            return null;
        }
        String column = Objects.requireNonNull(load.partition()).column();
        return new Removal(
                column,
                emptied.stream()
                        .map(file -> Objects.requireNonNull(file.pathValues().get(column)))
                        .toList());
    }

    private Removal ofFiles(List<FileStamp> vanished) {
        String column = pathColumn();
        boolean keyedByFile = load.mergeKeys().contains(column);
        if (load.history() != null) {
            throw refused("a table with history (scd) loses no rows with a file (allowed: stop, ignore)");
        } else if (load.strategy() == Strategy.UPSERT || load.strategy() == Strategy.SOFT_DELETE) {
            throw refused(load.strategy().key() + " deletes no rows (allowed: append, merge, partition-swap)");
        } else if (load.strategy() == Strategy.MERGE && load.deletes() != Load.Deletes.APPLY) {
            throw refused("load.deletes is not apply");
        } else if (!load.mergeKeys().isEmpty() && !keyedByFile) {
            throw refused("a row with the same " + String.join(", ", load.mergeKeys())
                    + " may stand in another file too: add " + column + " to merge_keys");
        }
        return new Removal(column, vanished.stream().map(FileStamp::path).toList());
    }

    private String pathColumn() {
        Optional<String> column = reading.add().entrySet().stream()
                .filter(added -> added.getValue().equals("path"))
                .map(Map.Entry::getKey)
                .findFirst();
        if (column.isEmpty() || !observed.transformed().has(column.get())) {
            throw refused(
                    "the table's rows do not say which file they came from: set files.add: {_file: path}, and keep"
                            + " that column");
        }
        String change = ColumnFate.whatChanges(column.get(), pipeline.stages());
        if (change != null) {
            throw refused("column '" + column.get() + "' may no longer be the file's path after " + change);
        }
        return column.get();
    }

    private HeadworksException refused(String why) {
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot delete the rows of vanished files from " + load.table() + ": " + why,
                "or use files.vanished: ignore, or --full-refresh");
    }
}
