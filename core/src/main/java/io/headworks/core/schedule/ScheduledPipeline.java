package io.headworks.core.schedule;

import io.headworks.api.connection.Connection;
import io.headworks.api.run.Resources;
import io.headworks.api.source.Extract;
import io.headworks.core.connection.Connectors;
import io.headworks.core.run.Places;
import io.headworks.core.spec.ErrorHandling;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.TableGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler knows of a pipeline, or of a pipeline of many tables.
 *
 * @param sla from the slot to published data; null when nothing is promised
 * @param places what only one run at a time may use
 * @param connections that a run uses
 * @param upstream pipelines that write what it reads
 * @param longest how long a process may take with all retries before it is stopped; null for as long as it likes
 * @param files what it reads, where that may be files
 */
record ScheduledPipeline(
        String name,
        Schedule schedule,
        int tier,
        @Nullable Duration sla,
        List<String> places,
        List<String> connections,
        List<String> upstream,
        @Nullable Duration longest,
        @Nullable Files files,
        @Nullable String problem) {
    /** What a process may take beyond the run's own timeout, which counts from the moment at which it has its target. */
    private static final Duration AROUND = Duration.ofMinutes(5);

    ScheduledPipeline {
        places = List.copyOf(places);
        connections = List.copyOf(connections);
        upstream = List.copyOf(upstream);
    }

    /** An extract and where it reads. */
    record Files(Connection connection, Extract extract) {}

    /** All of a project: pipelines in the order of their datasets, then those of many tables. */
    static List<ScheduledPipeline> of(Project project, Connectors connectors) {
        List<ScheduledPipeline> all = new ArrayList<>();
        for (String name : project.graph().order()) {
            project.pipeline(name)
                    .filter(pipeline -> project.groups().stream().noneMatch(group -> group.owns(pipeline.name())))
                    .ifPresent(pipeline -> all.add(of(project, connectors, pipeline)));
        }
        project.groups().forEach(group -> all.add(of(project, connectors, group)));
        return all;
    }

    /** Schedules that stand in files and that no scheduler obeys, as sentences. */
    static List<String> disobeyed(Project project) {
        return project.checkFiles().stream()
                .filter(file -> !(file.schedule() instanceof Schedule.Manual))
                .map(file -> file.place() + ": the schedule of the checks of " + file.table()
                        + " is not obeyed yet: hw check " + file.table() + " runs them")
                .toList();
    }

    private static ScheduledPipeline of(Project project, Connectors connectors, PipelineSpec pipeline) {
        Graph.Node node = project.graph().nodes().get(pipeline.name());
        List<String> upstream = node == null ? List.of() : node.upstream();
        TreeSet<String> used = new TreeSet<>();
        pipeline.uses().forEach(use -> used.add(String.valueOf(use.dataset().connection())));
        used.add(pipeline.connection());
        used.add(pipeline.extract().connection());
        used.retainAll(project.connections().keySet());
        Connection source = project.connections().get(pipeline.extract().connection());
        Files files =
                source == null ? null : new Files(source, pipeline.extract().extract());
        return new ScheduledPipeline(
                pipeline.name(),
                pipeline.schedule(),
                pipeline.tier(),
                minutes(pipeline.slaMinutes()),
                Places.of(project, connectors, pipeline).names(),
                List.copyOf(used),
                upstream,
                longest(pipeline.resources(), pipeline.errorHandling()),
                files,
                problem(project, pipeline, node, upstream, files, connectors));
    }

    private static ScheduledPipeline of(Project project, Connectors connectors, TableGroup group) {
        List<String> used = Stream.of(group.connection(), group.target())
                .filter(name -> name != null && project.connections().containsKey(name))
                .distinct()
                .toList();
        List<String> places = new ArrayList<>(List.of("pipeline " + group.name()));
        for (String name : used) {
            Connection connection = project.connections().get(name);
            if (connection != null && connectors.of(connection).isSingleWriter()) {
                places.add("file " + name);
            }
        }
        boolean clock = group.schedule() instanceof Schedule.Cron
                || group.schedule() instanceof Schedule.Manual
                || group.schedule() instanceof Schedule.OnWebhook;
        return new ScheduledPipeline(
                group.name(),
                group.schedule(),
                group.tier(),
                minutes(group.slaMinutes()),
                places,
                used,
                List.of(),
                null,
                null,
                clock
                        ? null
                        : "never runs by itself: a pipeline of many tables has no such inputs; give it a cron expression");
    }

    /** Why nothing will ever start it although its schedule says so; null when something may. */
    private static @Nullable String problem(
            Project project,
            PipelineSpec pipeline,
            Graph.@Nullable Node node,
            List<String> upstream,
            @Nullable Files files,
            Connectors connectors) {
        if (pipeline.schedule() instanceof Schedule.AfterInputs) {
            List<String> unseen = node == null
                    ? List.of()
                    : node.reads().stream()
                            .filter(read -> project.groups().stream().anyMatch(group -> group.mayWrite(read)))
                            .map(Object::toString)
                            .toList();
            if (!unseen.isEmpty()) {
                return "loads of " + String.join(", ", unseen)
                        + " by a pipeline of many tables do not start it: give it a cron expression";
            }
            return upstream.isEmpty()
                    ? "never runs by itself: no pipeline of this project writes what it reads; give it a cron expression"
                    : null;
        }
        boolean reads = files != null && connectors.of(files.connection()).listsFiles();
        return pipeline.schedule() instanceof Schedule.OnFiles && !reads
                ? "never runs by itself: it reads no files; give it a cron expression"
                : null;
    }

    private static @Nullable Duration minutes(@Nullable Integer minutes) {
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }

    private static @Nullable Duration longest(Resources resources, ErrorHandling handling) {
        Duration timeout = resources.timeout();
        return timeout == null
                ? null
                : timeout.multipliedBy(handling.maxRetries() + 1L)
                        .plus(handling.retryDelay().multipliedBy(handling.maxRetries()))
                        .plus(AROUND);
    }

    /** What a schedule is, so that a changed one is told from the same. */
    String definition() {
        if (schedule instanceof Schedule.Cron cron) {
            return cron.expression() + " " + zone(cron);
        } else if (schedule instanceof Schedule.OnFiles && files != null) {
            return "on-files " + files.connection().name() + " "
                    + files.extract().reading();
        }
        return trigger();
    }

    /** The word for what starts it, as projects spell it; {@code cron} for a cron expression. */
    String trigger() {
        if (schedule instanceof Schedule.Cron) {
            return "cron";
        } else if (schedule instanceof Schedule.AfterInputs) {
            return "after-inputs";
        } else if (schedule instanceof Schedule.OnFiles) {
            return "on-files";
        }
        return schedule instanceof Schedule.OnWebhook ? "on-webhook" : "manual";
    }

    static String zone(Schedule.Cron cron) {
        return cron.timezone().getId().equals("Z") ? "UTC" : cron.timezone().getId();
    }

    /** True where every missed time is made up for, so that none stands for another. */
    boolean makesUpForAll() {
        return schedule instanceof Schedule.Cron cron && cron.catchUp() == Schedule.Cron.CatchUp.ALL;
    }
}
