package io.headworks.core.proof;

import io.headworks.api.engine.Engine;
import io.headworks.api.run.Cancellation;
import io.headworks.api.target.Namespaces;
import io.headworks.core.isolation.TargetPlace;
import io.headworks.core.run.Workspace;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes places of replays, each with a target of its own, and removes them. */
final class ReplayPlaces implements AutoCloseable {
    private final Setup setup;
    private final Project project;
    private final PipelineSpec pipeline;
    private final TargetPlace target;
    private final Optional<Namespaces> namespaces;
    private final Path root;
    private final Map<Path, String> named = new LinkedHashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param namespaces closed with this; empty where the target is in the folder
     * @param root the folder with the batch, below which each place has its own
     */
    ReplayPlaces(
            Setup setup,
            Project project,
            PipelineSpec pipeline,
            TargetPlace target,
            Optional<Namespaces> namespaces,
            Path root) {
        this.setup = setup;
        this.project = project;
        this.pipeline = pipeline;
        this.target = target;
        this.namespaces = namespaces;
        this.root = root;
    }

    /** Answers in sentences what was left of verifications that were killed, and is no longer there. */
    List<String> dropAbandoned() {
        return namespaces.stream()
                .flatMap(each -> each.dropAbandoned().stream())
                .map(name -> "dropped " + name + ", which a verification left that was killed")
                .toList();
    }

    /** A place that is as before the batch. */
    ReplayPlace make(String name, Engine engine, FreezeBatch.Frozen frozen, Cancellation cancellation) {
        Path folder = newFolder(root.resolve(name));
        namespaces.ifPresent(each -> {
            String namespace = each.make();
            named.put(folder, namespace);
            TargetPlace.name(folder, namespace);
        });
        ReplayPlace place = new ReplayPlace(setup, project, pipeline, frozen.settings(), target, folder);
        place.fill(frozen.start(), engine, cancellation);
        return place;
    }

    void remove(ReplayPlace place) {
        String namespace = named.remove(place.folder());
        if (namespace != null) {
            namespaces.ifPresent(each -> each.drop(namespace));
        }
        Workspace.removeFolder(place.folder());
    }

    private static Path newFolder(Path folder) {
        try {
            return Files.createDirectory(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot create " + folder + ": " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        namespaces.ifPresent(Namespaces::close);
    }
}
