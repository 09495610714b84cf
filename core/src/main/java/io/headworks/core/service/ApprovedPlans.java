package io.headworks.core.service;

import io.headworks.api.connection.Connection;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.failure.IoReason;
import io.headworks.api.run.Cancellation;
import io.headworks.core.json.Json;
import io.headworks.core.json.Sha256;
import io.headworks.core.plan.Request;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plans of a file that {@code hw plan --out} wrote, by pipeline: what was asked for, and the hash that must be met.
 *
 * @param groups the tables of each pipeline of many tables that was planned as a whole
 * @param variables their values, without those that are secret
 * @param connections hashes of the settings of those that are read or written
 */
public record ApprovedPlans(
        Map<String, Approved> byPipeline,
        Map<String, List<String>> groups,
        Map<String, String> variables,
        Map<String, String> connections) {

    /** One approved plan. */
    public record Approved(Request request, String hash) {}

    public ApprovedPlans {
        byPipeline = Collections.unmodifiableMap(new LinkedHashMap<>(byPipeline));
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    }

    /** What the file holds: plans as they are shown, and which of them are all the tables of a pipeline. */
    public static Map<String, Object> document(Project project, List<Object> plans) {
        List<Object> names = plans.stream()
                .map(plan -> ((Map<?, ?>) plan).get("pipeline"))
                .map(Objects::requireNonNull)
                .toList();
        Map<String, Object> groups = new LinkedHashMap<>();
        project.groups().stream()
                .filter(group -> !group.pipelines().isEmpty() && names.containsAll(group.pipelines()))
                .forEach(group -> groups.put(group.name(), group.pipelines()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("plans", plans);
        tree.put("groups", groups);
        tree.put("variables", project.shownVariables());
        tree.put("connections", connections(project, names));
        return tree;
    }

    /** Where the planned pipelines read and write, as far as it is no secret. */
    private static Map<String, String> connections(Project project, Collection<?> pipelines) {
        Map<String, String> hashes = new TreeMap<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            if (pipelines.contains(pipeline.name())) {
                Stream.concat(
                                Stream.of(
                                        pipeline.connection(),
                                        pipeline.extract().connection()),
                                pipeline.uses().stream()
                                        .map(use -> use.dataset().connection()))
                        .flatMap(Stream::ofNullable)
                        .forEach(name -> hashes.computeIfAbsent(
                                name, each -> hash(project.connections().get(each))));
            }
        }
        return hashes;
    }

    private static String hash(@Nullable Connection connection) {
        return connection == null
                ? ""
                : Sha256.of(connection.type() + Json.canonical(new TreeMap<>(connection.settings())));
    }

    /**
     * The pipelines that were approved.
     *
     * @throws HeadworksException of kind APPROVAL when there are others now
     */
    public List<PipelineSpec> pipelines(Project project) {
        for (String name : byPipeline.keySet()) {
            if (project.pipeline(name).isEmpty()) {
                throw changed("there is no pipeline " + name + " any more");
            }
        }
        refuseOther("variable", variables, project.shownVariables());
        refuseOther("connection", connections, connections(project, byPipeline.keySet()));
        groups.forEach((name, planned) -> {
            Set<String> now = new TreeSet<>();
            project.groups().stream().filter(group -> group.name().equals(name)).forEach(group -> {
                now.addAll(group.pipelines());
                now.addAll(group.refused().keySet());
            });
            planned.forEach(now::remove);
            if (!now.isEmpty()) {
                throw changed(name + " has tables that were not planned: " + String.join(", ", now));
            }
        });
        return new Selection(project).choose(byPipeline.keySet(), List.of());
    }

    /**
     * Looks at everything again before anything is loaded.
     *
     * @throws HeadworksException of kind APPROVAL when one of the plans would be another one now
     */
    public void requireUnchanged(PlanPipeline planning, List<PipelineSpec> pipelines, Cancellation cancellation) {
        for (PipelineSpec pipeline : pipelines) {
            Approved approved = Objects.requireNonNull(byPipeline.get(pipeline.name()));
            if (!hash(planning, pipeline, approved, cancellation).equals(approved.hash())) {
                throw changed("what " + pipeline.name() + " would do now is something else; nothing was loaded");
            }
        }
    }

    private static String hash(
            PlanPipeline planning, PipelineSpec pipeline, Approved approved, Cancellation cancellation) {
        try {
            return planning.preview(pipeline, approved.request(), false, cancellation)
                    .plan()
                    .hash();
        } catch (HeadworksException impossible) {
            if (impossible.kind() == FailureKind.PROJECT
                    || impossible.kind() == FailureKind.SCHEMA_CHANGE
                    || impossible.kind() == FailureKind.POSITION_LOST) {
                throw changed(pipeline.name() + " cannot be planned any more: " + impossible.getMessage());
            }
            throw impossible;
        }
    }

    private static void refuseOther(String what, Map<String, String> planned, Map<String, String> now) {
        Set<String> names = new TreeSet<>(planned.keySet());
        names.addAll(now.keySet());
        names.stream()
                .filter(name -> !Objects.equals(planned.get(name), now.get(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw changed(what + " " + name + " is another one now");
                });
    }

    private static HeadworksException changed(String why) {
        return new HeadworksException(
                FailureKind.APPROVAL,
                "Cannot run the approved plan: " + why,
                "make and approve a new one: hw plan --out FILE");
    }

    public static ApprovedPlans read(Path file) {
        try {
            Map<String, @Nullable Object> document = Json.readObject(Files.readString(file));
            Map<String, Approved> plans = new LinkedHashMap<>();
            for (Object element : (List<?>) given(document, "plans")) {
                @SuppressWarnings("unchecked")
                Map<String, @Nullable Object> plan = (Map<String, @Nullable Object>) element;
                @SuppressWarnings("unchecked")
                Map<String, @Nullable Object> request = (Map<String, @Nullable Object>) given(plan, "request");
                plans.put(
                        given(plan, "pipeline").toString(),
                        new Approved(
                                new Request(
                                        (String) request.get("from"),
                                        (String) request.get("to"),
                                        Boolean.TRUE.equals(request.get("full_refresh"))),
                                given(plan, "hash").toString()));
            }
            return new ApprovedPlans(
                    plans,
                    groups(document),
                    texts(given(document, "variables")),
                    texts(given(document, "connections")));
        } catch (IOException | RuntimeException unreadable) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the plan " + file + ": "
                            + (unreadable instanceof IOException ? IoReason.of(unreadable) : unreadable.getMessage()),
                    "write one with hw plan --out FILE",
                    unreadable);
        }
    }

    private static Map<String, String> texts(Object tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        ((Map<?, ?>) tree).forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    private static Map<String, List<String>> groups(Map<String, @Nullable Object> document) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        if (document.get("groups") instanceof Map<?, ?> written) {
            written.forEach((name, tables) -> groups.put(
                    String.valueOf(name),
                    ((List<?>) Objects.requireNonNull(tables))
                            .stream().map(String::valueOf).toList()));
        }
        return groups;
    }

    private static Object given(Map<String, @Nullable Object> tree, String key) {
        Object value = tree.get(key);
        if (value == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return value;
    }
}
