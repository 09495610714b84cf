package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.core.drift.ColumnChange;
import io.headworks.core.drift.Rename;
import io.headworks.core.drift.Renames;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceDrift;
import io.headworks.core.drift.SourceKey;
import io.headworks.core.run.LookAhead;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the columns of a source with those of earlier runs, and finds what depends on those that changed. */
public final class LookAtSource {
    private final Workbench bench;
    private final Project project;
    private final Memory memory;
    private final ColumnUses uses;

    public LookAtSource(Workbench bench, Memory memory, ColumnUses uses) {
        this.bench = bench;
        this.project = bench.project();
        this.memory = memory;
        this.uses = uses;
    }

    /**
     * The pipelines that are meant.
     *
     * @param written a pipeline, or {@code connection:table} for all that read it
     * @throws HeadworksException of kind PROJECT when there is none
     */
    public static List<PipelineSpec> chosen(Project project, String written) {
        List<PipelineSpec> chosen = project.pipelines().stream()
                .filter(pipeline -> key(project, pipeline)
                        .filter(key ->
                                key.pipeline().equals(written) || key.source().equals(written))
                        .isPresent())
                .toList();
        if (chosen.isEmpty()) {
            throw unknown(project, written);
        }
        return chosen;
    }

    private static Optional<SourceKey> key(Project project, PipelineSpec pipeline) {
        return SourceKey.of(project.environment().name(), pipeline);
    }

    private static HeadworksException unknown(Project project, String written) {
        if (project.pipeline(written).isPresent()) {
            return new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot look at the source of " + written + ": it is an SQL model, and reads tables of the project",
                    "hw lineage " + written + " shows them");
        }
        List<String> names = project.pipelines().stream()
                .flatMap(pipeline -> key(project, pipeline).stream())
                .flatMap(key -> Stream.of(key.pipeline(), key.source()))
                .distinct()
                .toList();
        String nearest = Nearest.to(written, names);
        return new HeadworksException(
                FailureKind.PROJECT,
                "Cannot look at source '" + written + "': no pipeline is called so or reads it",
                nearest == null
                        ? "name a pipeline, or what one reads as connection:table"
                        : "did you mean " + nearest + "?");
    }

    /** Looks at what a pipeline reads; records nothing. */
    public SchemaReport of(PipelineSpec pipeline) {
        SourceKey source = key(project, pipeline).orElseThrow();
        List<SchemaVersion> versions = memory.schemas(source);
        try (Workbench.Session session = bench.open()) {
            LookAhead.Seen seen = new LookAhead(
                            project,
                            bench.setup().connectors(),
                            session.engine(),
                            bench.setup().clock().instant(),
                            session.id())
                    .look(pipeline, session.connections());
            SchemaVersion since = since(versions, seen.table().lastCommitted());
            SourceDrift drift = since == null ? null : drift(since, seen, session, pipeline);
            HeadworksException unfit = seen.unfit();
            return new SchemaReport(
                    source,
                    versions,
                    seen.columns(),
                    drift,
                    drift == null ? List.of() : uses(source, drift),
                    unfit == null ? null : unfit.getMessage());
        }
    }

    private static @Nullable SchemaVersion since(List<SchemaVersion> versions, @Nullable LedgerRow last) {
        SchemaVersion newest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
        return last == null
                ? newest
                : versions.stream()
                        .filter(version -> version.hash().equals(last.schemaHash()))
                        .reduce((older, newer) -> newer)
                        .orElse(newest);
    }

    private static SourceDrift drift(
            SchemaVersion since, LookAhead.Seen seen, Workbench.Session session, PipelineSpec pipeline) {
        SourceDrift guessed = SourceDrift.between(since, seen.columns());
        List<Rename> possible = Renames.possible(since.schema(), seen.columns(), guessed.changes());
        List<Rename> measured = new RenamedValues(session, pipeline, seen).measured(possible);
        return new SourceDrift(since, guessed.changes(), Renames.likely(measured));
    }

    private List<ColumnUses.Uses> uses(SourceKey source, SourceDrift drift) {
        List<ColumnUses.Uses> all = new ArrayList<>();
        for (ColumnChange change : drift.changes()) {
            if (change.mayBreak()) {
                String before = change instanceof ColumnChange.Recased recased
                        ? recased.before().name()
                        : change.column();
                all.add(uses.of(source, before));
            }
        }
        return all;
    }
}
