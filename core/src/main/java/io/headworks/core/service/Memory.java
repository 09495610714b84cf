package io.headworks.core.service;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.core.drift.SchemaVersion;
import io.headworks.core.drift.SourceKey;
import io.headworks.core.json.Json;
import io.headworks.core.run.Workspace;
import io.headworks.core.state.KilledRuns;
import io.headworks.core.state.PositionCache;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.RunLines;
import io.headworks.core.state.SourceSchemas;
import io.headworks.core.state.StateDatabase;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happened: run documents and positions, from the state. Runs of processes that are gone are closed first. */
public final class Memory {
    private final ProjectState place;
    private final Workspace workspace;
    private final Clock clock;

    public Memory(ProjectState place, Workspace workspace, Clock clock) {
        this.place = place;
        this.workspace = workspace;
        this.clock = clock;
    }

    /** Run documents, newest first; of one pipeline or of all. */
    public List<Map<String, @Nullable Object>> newest(@Nullable String pipeline, int limit) {
        return read(state -> trees(new RunHistory(state).newest(pipeline, limit)), List.of());
    }

    /** The newest run of each pipeline, by pipeline. */
    public Map<String, Map<String, @Nullable Object>> latest(String environment) {
        List<Map<String, @Nullable Object>> runs =
                read(state -> trees(new RunHistory(state).latestOfEach(environment)), List.of());
        Map<String, Map<String, @Nullable Object>> byPipeline = new LinkedHashMap<>();
        runs.forEach(run -> byPipeline.put(String.valueOf(run.get("pipeline_name")), run));
        return byPipeline;
    }

    /** The committed positions, by pipeline, as they stand in the ledger. */
    public Map<String, String> positions(String environment) {
        return read(state -> new PositionCache(state).byPipeline(environment), Map.of());
    }

    /** Pipelines that ran or were loaded before. */
    public Set<String> pipelines(String environment) {
        Set<String> names = new TreeSet<>(latest(environment).keySet());
        names.addAll(read(state -> new PositionCache(state).pipelines(environment), List.of()));
        return names;
    }

    /**
     * A run by the beginning of its id, or the newest of a pipeline by the pipeline's name.
     *
     * @throws HeadworksException of kind PROJECT when there is none, or several begin so
     */
    public Map<String, @Nullable Object> run(String idOrPipeline) {
        List<Map<String, @Nullable Object>> newest = newest(idOrPipeline, 1);
        if (!newest.isEmpty()) {
            return newest.get(0);
        }
        return read(state -> byId(state, idOrPipeline), Optional.<Map<String, @Nullable Object>>empty())
                .orElseThrow(() -> new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot find run '" + idOrPipeline
                                + "': no run begins so, and no run of such a pipeline is kept",
                        "hw runs lists the runs"));
    }

    /** The runs that one command asked for, in the order in which they began. */
    public List<Map<String, @Nullable Object>> group(String id) {
        return read(state -> trees(new RunHistory(state).group(id)), List.of());
    }

    /** The plan a run was made from. */
    public Optional<Map<String, @Nullable Object>> plan(String runId) {
        return read(state -> new RunHistory(state).plan(runId), Optional.<String>empty())
                .map(Json::readObject);
    }

    /** Runs as lists show them, newest first. */
    public List<RunLines.Line> lines(RunLines.Page page) {
        return read(state -> new RunLines(state).page(page), List.of());
    }

    /** The newest run of each pipeline as lists show it, by pipeline. */
    public Map<String, RunLines.Line> latestLines(String environment) {
        Map<String, RunLines.Line> byPipeline = new LinkedHashMap<>();
        read(state -> new RunLines(state).latestOfEach(environment), List.<RunLines.Line>of())
                .forEach(line -> byPipeline.put(line.pipeline(), line));
        return byPipeline;
    }

    /** The newest runs of each of these pipelines, newest first, by pipeline. */
    public Map<String, List<RunLines.Line>> newestOfEach(String environment, List<String> pipelines, int limit) {
        return read(
                state -> {
                    RunLines lines = new RunLines(state);
                    Map<String, List<RunLines.Line>> byPipeline = new LinkedHashMap<>();
                    pipelines.forEach(name ->
                            byPipeline.put(name, lines.page(new RunLines.Page(environment, name, null, null, limit))));
                    return byPipeline;
                },
                Map.of());
    }

    /** Runs that a process of this machine carried, in the order in which they began. */
    public List<RunLines.Line> ofProcess(long pid, String processStartedAt) {
        return read(state -> new RunLines(state).ofProcess(pid, processStartedAt), List.of());
    }

    /**
     * Asks a run that is under way to stop, as Ctrl-C does: what it began is rolled back, and so are the other runs of its
     * process.
     *
     * @param runId the whole id
     * @return its document as it stands
     * @throws HeadworksException of kind PROJECT when it is over, or not to be reached from here
     */
    public Map<String, @Nullable Object> cancel(String runId) {
        Map<String, @Nullable Object> run = run(runId);
        Optional<ProcessHandle> process =
                read(state -> new RunLines(state).process(runId), Optional.<ProcessHandle>empty());
        if (process.filter(ProcessHandle::destroy).isEmpty()) {
            boolean open = "running".equals(run.get("status")) || "queued".equals(run.get("status"));
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot cancel run " + runId + ": "
                            + (open ? "its process is not one of this machine" : "it is " + run.get("status")),
                    open ? "cancel it on the machine that runs it" : "hw log " + runId + " shows how it ended");
        }
        return run;
    }

    /** The newest plan that a run of a pipeline was made from. */
    public Optional<Map<String, @Nullable Object>> latestPlan(String pipeline, String environment) {
        return read(state -> new RunHistory(state).latestPlan(pipeline, environment), Optional.<String>empty())
                .map(Json::readObject);
    }

    /** The versions of a source's columns, oldest first. */
    public List<SchemaVersion> schemas(SourceKey source) {
        return read(state -> new SourceSchemas(state).versions(source), List.of());
    }

    private static Optional<Map<String, @Nullable Object>> byId(StateDatabase state, String prefix) {
        try {
            return new RunHistory(state).byId(prefix).map(Json::readObject);
        } catch (IllegalArgumentException several) {
            throw new HeadworksException(
                    FailureKind.PROJECT, String.valueOf(several.getMessage()), "give more of its id", several);
        }
    }

    private <T> T read(Function<StateDatabase, T> reader, T whenNothing) {
        if (!place.isThere()) {
            return whenNothing;
        }
        try (StateDatabase state = place.open()) {
            KilledRuns.close(state, clock.instant()).forEach(workspace::remove);
            return reader.apply(state);
        }
    }

    private static List<Map<String, @Nullable Object>> trees(List<String> documents) {
        return documents.stream().map(Json::readObject).toList();
    }
}
