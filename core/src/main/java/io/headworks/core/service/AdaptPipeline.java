package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.load.Load.SchemaPolicy.Mode;
import io.headworks.api.source.Extract;
import io.headworks.api.source.Extract.ColumnChoice;
import io.headworks.core.drift.Adaptation;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.spec.ExtractSpec;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.layout.FirstStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Adapts the file of a pipeline to what its source is by now: a first stage gives all that follows, checks and other
 * pipelines included, the columns that they knew.
 */
public final class AdaptPipeline {
    private final Path folder;
    private final PipelineSpec pipeline;

    public AdaptPipeline(Path folder, PipelineSpec pipeline) {
        this.folder = folder;
        this.pipeline = pipeline;
    }

    /**
     * An edit that is not written yet.
     *
     * @param lines what is added, as a difference shows it: lines before, with {@code +} in front, after
     */
    public record Edit(String file, String before, String after, List<String> lines) {
        public Edit {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The edit.
     *
     * @param renamed what columns are called now, by the name they had
     * @param missing columns to go on as NULL
     * @throws HeadworksException of kind PROJECT when nothing needs to be adapted, or somebody must say more
     */
    public Edit edit(SourceDrift drift, Map<String, String> renamed, Set<String> missing) {
        boolean keepsTypes = pipeline.load().schemaChanges().types() != Mode.EVOLVE;
        Adaptation adaptation = Adaptation.of(drift, renamed, missing, keepsTypes);
        if (adaptation.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot adapt " + pipeline.name() + ": no change of its source needs a stage",
                    "new columns and their order are up to load.schema_changes");
        }
        refuseNamedByExtract(adaptation);
        String file = pipeline.place().file();
        String before = read(folder.resolve(file));
        String stage = "source_version_" + (drift.since().number() + 1);
        if (pipeline.stages().stream().anyMatch(each -> each.name().equals(stage))) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot adapt " + pipeline.name() + ": it has a stage " + stage + " already");
        }
        String after = FirstStage.in(file, before, pipeline.name(), stage, adaptation.operations());
        return new Edit(file, before, after, TextDifference.between(before, after));
    }

    /** The stage comes after the extract, which must find its own columns by itself. */
    private void refuseNamedByExtract(Adaptation adaptation) {
        ExtractSpec extract = pipeline.extract();
        boolean moves = !adaptation.renames().isEmpty() || !adaptation.nulls().isEmpty();
        if (moves && extract.extract().reading() instanceof Extract.Reading.Files) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot adapt " + pipeline.name()
                            + ": its files must have the columns that they had, before any stage"
                            + " sees them (not yet)",
                    "write extract.files.aliases for a column with another name, or missing_columns: set-null");
        }
        List<String> named = new ArrayList<>(
                extract.extract().columns().stream().map(ColumnChoice::name).toList());
        if (extract.incremental() != null && extract.incremental().key() != null) {
            named.add(extract.incremental().key());
        }
        List<String> moved = new ArrayList<>(adaptation.renames().values());
        moved.addAll(adaptation.nulls());
        moved.retainAll(named);
        if (!moved.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot adapt " + pipeline.name() + ": its extract names " + String.join(", ", moved)
                            + " itself (not yet)",
                    "change it there by hand: " + pipeline.place());
        }
    }

    /**
     * Writes the edit, and takes it back when the project is no longer good.
     *
     * @param good looks at the project as it is on the disk then
     */
    public void write(Edit edit, BooleanSupplier good) {
        Path path = folder.resolve(edit.file());
        boolean kept = false;
        write(path, edit.after());
        try {
            kept = good.getAsBoolean();
        } finally {
            if (!kept) {
                write(path, edit.before());
            }
        }
        if (!kept) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot adapt " + pipeline.name() + ": with the new stage the project is not valid",
                    "the file is as it was; write the stage by hand");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot read " + file + ": " + IoReason.of(unreadable), null, unreadable);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot write " + file + ": " + IoReason.of(failed), null, failed);
        }
    }
}
