package io.headworks.server.view;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.run.Workspace;
import io.headworks.core.secret.Masker;
import io.headworks.core.service.Incidents;
import io.headworks.core.service.Memory;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Secrets;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.server.route.Refusal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that is shown comes from here: the project's files, and use cases over the state. */
public final class Platform {
    /** Documents are read whole. */
    private static final int RUNS_LOOKED_AT = 500;

    private final Setup setup;
    private final Path folder;
    private final ProjectState state;
    private final ProjectFolder files;

    /** @param loader reads the project's files; each call reads them anew */
    public Platform(Setup setup, Path folder, ProjectState state, Supplier<LoadedProject> loader) {
        this.setup = setup;
        this.folder = folder;
        this.state = state;
        this.files = new ProjectFolder(folder, loader, setup.clock());
    }

    public Clock clock() {
        return setup.clock();
    }

    public String version() {
        return setup.version();
    }

    public Workspace workspace() {
        return Workspace.of(folder);
    }

    public ProjectState state() {
        return state;
    }

    public ProjectFolder.Now files() {
        return files.now();
    }

    /** @throws Refusal when the files never were right since the start */
    public Project project() {
        ProjectFolder.Now now = files.now();
        Project project = now.project();
        if (project == null) {
            throw new Refusal(
                    409,
                    "The project has errors",
                    "Cannot show the project: its files have " + now.errors().size() + " errors, the first: "
                            + now.errors().get(0),
                    "hw validate lists them all");
        }
        return project;
    }

    public String environment() {
        return project().environment().name();
    }

    /** @throws Refusal when there is none */
    public PipelineSpec pipeline(String name) {
        return project()
                .pipeline(name)
                .orElseThrow(() -> Refusal.notFound(
                        "Cannot find pipeline '" + name + "'", "GET /api/v1/pipelines lists them, as does hw ls"));
    }

    public Memory memory() {
        return new Memory(state, workspace(), clock());
    }

    public Incidents incidents() {
        return new Incidents(state, clock());
    }

    /**
     * The document of a run, by its id or the beginning of it.
     *
     * @throws Refusal when there is none
     */
    public Map<String, @Nullable Object> run(String id) {
        try {
            return memory().run(id);
        } catch (HeadworksException unknown) {
            if (unknown.kind() == FailureKind.PROJECT) {
                throw Refusal.notFound(String.valueOf(unknown.getMessage()), unknown.hint());
            }
            throw unknown;
        }
    }

    /** Of the newest runs, by pipeline, the newest first. */
    public List<RefusedRows> refusedRows() {
        Map<String, RefusedRows> byPipeline = new LinkedHashMap<>();
        String environment = environment();
        for (Map<String, @Nullable Object> run : memory().newest(null, RUNS_LOOKED_AT)) {
            if (environment.equals(run.get("environment"))
                    && run.get("rows_rejected") instanceof Number rows
                    && rows.longValue() > 0) {
                RefusedRows refused = new RefusedRows(
                        String.valueOf(run.get("pipeline_name")),
                        String.valueOf(run.get("dataset")),
                        1,
                        rows.longValue(),
                        String.valueOf(run.get("run_id")),
                        String.valueOf(run.get("started_at")));
                byPipeline.merge(refused.pipeline(), refused, RefusedRows::and);
            }
        }
        return List.copyOf(byPipeline.values());
    }

    /** What must not be shown. */
    public Masker masker() {
        return Secrets.masker(project());
    }
}
