package io.headworks.core.backfill;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.json.Json;
import io.headworks.core.ledger.RunIds;
import io.headworks.core.service.ProjectState;
import io.headworks.core.service.Setup;
import io.headworks.core.spec.Project;
import io.headworks.core.state.BackfillStore;
import io.headworks.core.state.BackfillStore.Kept;
import io.headworks.core.state.StateDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Backfills of a project: planned, begun, taken up again, stopped and listed. */
public final class Backfills {
    private final Setup setup;
    private final Project project;
    private final ProjectState place;

    public Backfills(Setup setup, Project project) {
        this.setup = setup;
        this.project = project;
        this.place = new ProjectState(setup, project.folder());
    }

    /**
     * What came of one.
     *
     * @param document the public one
     * @param exitCode that stands for all of its runs
     */
    public record Result(Map<String, @Nullable Object> document, int exitCode) {}

    /** @throws HeadworksException of kind PROJECT with all that stands against it */
    public BackfillPlan plan(BackfillRequest request) {
        return read(state -> new PlanBackfill(project, state, setup.clock().instant()).plan(request));
    }

    /** The public document of what has not begun. */
    public static Map<String, @Nullable Object> document(BackfillPlan plan) {
        return BackfillDocument.of(plan);
    }

    /** @throws HeadworksException of kind HELD when another backfill of one of its datasets is under way */
    public Result run(BackfillPlan plan, BackfillEvents events, Cancellation cancellation) {
        requireAlone(plan);
        var now = setup.clock().instant();
        Backfill backfill = Backfill.of(RunIds.next(now), now, plan);
        return new RunBackfill(setup, project, events, cancellation).run(backfill);
    }

    /** Goes on with what is left of one that was interrupted or failed. */
    public Result resume(String prefix, BackfillEvents events, Cancellation cancellation) {
        Backfill backfill = read(state -> {
            Kept kept = resumable(one(state, prefix));
            return new ResumedBackfill(project, state, kept).read();
        });
        requireAlone(backfill.plan());
        return new RunBackfill(setup, project, events, cancellation).run(backfill);
    }

    private Kept resumable(Kept kept) {
        String why = switch (kept.status()) {
            case BackfillStore.INTERRUPTED, "failed" -> null;
            case BackfillStore.RUNNING -> "it is under way";
            case "cancelled" -> "it was cancelled";
            default -> "every slice of it was loaded";
        };
        if (why != null) {
            throw new HeadworksException(
                    kept.status().equals(BackfillStore.RUNNING) ? FailureKind.HELD : FailureKind.PROJECT,
                    "Cannot resume backfill " + kept.id() + ": " + why,
                    kept.status().equals("cancelled")
                            ? "begin a new one, with --only missing for what is not loaded"
                            : "hw backfill list shows how it stands");
        }
        if (!kept.environment().equals(project.environment().name())) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot resume backfill " + kept.id() + ": it is of environment " + kept.environment(),
                    "say --env " + kept.environment());
        }
        return kept;
    }

    /**
     * Asks one that is under way to stop, or closes one that was interrupted; what is loaded stays.
     *
     * @return its document, with the status it has from now on
     */
    public Map<String, @Nullable Object> cancel(String prefix) {
        return read(state -> {
            Kept kept = one(state, prefix);
            BackfillStore store = new BackfillStore(state);
            Map<String, @Nullable Object> document = Json.readObject(kept.document());
            switch (kept.status()) {
                case BackfillStore.RUNNING -> {
                    store.requestStop(kept.id());
                    document.put("status", "stopping");
                }
                case BackfillStore.INTERRUPTED, "failed" -> {
                    document.put("status", "cancelled");
                    store.keep(kept.id(), "cancelled", Json.compact(document));
                }
                default ->
                    throw new HeadworksException(
                            FailureKind.PROJECT,
                            "Cannot cancel backfill " + kept.id() + ": it is over (" + kept.status() + ")",
                            "hw backfill list shows how it stands");
            }
            return document;
        });
    }

    /** The documents of all backfills of the environment, newest first. */
    public List<Map<String, @Nullable Object>> list() {
        if (!place.isThere()) {
            return List.of();
        }
        return read(state -> new BackfillStore(state)
                .of(project.environment().name()).stream()
                        .map(Backfills::document)
                        .toList());
    }

    /** The status is that of the state, which knows of processes that are gone. */
    private static Map<String, @Nullable Object> document(Kept kept) {
        Map<String, @Nullable Object> document = Json.readObject(kept.document());
        document.put("status", kept.status());
        return document;
    }

    private void requireAlone(BackfillPlan plan) {
        List<String> datasets = plan.parts().stream().map(Part::dataset).toList();
        for (Map<String, @Nullable Object> other : list()) {
            List<?> parts = (List<?>) Objects.requireNonNull(other.get("parts"));
            boolean same = parts.stream().anyMatch(part -> datasets.contains(((Map<?, ?>) part).get("dataset")));
            if (same && BackfillStore.RUNNING.equals(other.get("status"))) {
                throw new HeadworksException(
                        FailureKind.HELD,
                        "Cannot backfill " + String.join(" ", plan.request().selectors()) + ": backfill "
                                + other.get("backfill_id") + " loads the same dataset",
                        "wait for its end, or stop it: hw backfill cancel " + other.get("backfill_id"));
            }
        }
    }

    private static Kept one(StateDatabase state, String prefix) {
        List<Kept> found = new BackfillStore(state).find(prefix);
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new HeadworksException(
                FailureKind.PROJECT,
                "Cannot find backfill '" + prefix + "': " + (found.isEmpty() ? "none begins so" : "several begin so"),
                "hw backfill list shows their ids");
    }

    private <T> T read(Function<StateDatabase, T> work) {
        try (StateDatabase state = place.open()) {
            return work.apply(state);
        }
    }
}
