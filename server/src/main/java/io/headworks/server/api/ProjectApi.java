package io.headworks.server.api;

import io.headworks.core.service.PipelineDocument;
import io.headworks.core.service.ProblemDocument;
import io.headworks.core.service.StatusOfPipelines;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.RunLines;
import io.headworks.server.access.Role;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Parameter;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import io.headworks.server.view.ProjectFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the files say: project, pipelines, datasets. */
public final class ProjectApi {
    private final Platform platform;

    public ProjectApi(Platform platform) {
        this.platform = platform;
    }

    public List<Route> routes() {
        return List.of(
                Route.document(
                        Verb.GET,
                        "/api/v1/health",
                        Role.ANYONE,
                        "health",
                        "Whether the server answers",
                        List.of(),
                        exchange -> exchange.document(Map.of("status", "ok"))),
                Route.document(
                        Verb.GET,
                        "/api/v1/project",
                        Role.VIEWER,
                        "show-project",
                        "The project, its environment and the problems of its files",
                        List.of(),
                        this::project),
                Route.document(
                        Verb.GET,
                        "/api/v1/pipelines",
                        Role.VIEWER,
                        "list-pipelines",
                        "Every pipeline with its last run",
                        List.of(),
                        this::pipelines),
                Route.document(
                        Verb.GET,
                        "/api/v1/pipelines/{name}",
                        Role.VIEWER,
                        "show-pipeline",
                        "A pipeline with every resolved value and where it was written",
                        List.of(),
                        this::pipeline),
                Route.document(
                        Verb.GET,
                        "/api/v1/status",
                        Role.VIEWER,
                        "status",
                        "How each pipeline stands, as hw status says",
                        List.of(),
                        exchange -> exchange.document(
                                masked(new StatusOfPipelines(platform.memory(), platform.project()).document()))),
                Route.document(
                        Verb.GET,
                        "/api/v1/datasets",
                        Role.VIEWER,
                        "list-datasets",
                        "Every table that a pipeline writes, with what it is made from and what is made from it",
                        List.of(),
                        this::datasets),
                Route.document(
                        Verb.GET,
                        "/api/v1/checks",
                        Role.VIEWER,
                        "list-checks",
                        "What checks of a dataset found, newest first",
                        List.of(
                                new Parameter(
                                        "dataset",
                                        Parameter.Place.QUERY,
                                        "string",
                                        true,
                                        "connection:table, or the table alone"),
                                Parameter.query("limit", "integer", "At most so many, 1 to 500; 100 unless told")),
                        this::checks));
    }

    private void project(Exchange exchange) {
        ProjectFolder.Now now = platform.files();
        Project project = now.project();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", project == null ? null : project.name());
        tree.put("environment", project == null ? null : project.environment().name());
        tree.put("pipelines", project == null ? 0 : project.pipelines().size());
        tree.put("version", platform.version());
        tree.putAll(ProblemDocument.of(now.problems()));
        exchange.document(tree);
    }

    private void pipelines(Exchange exchange) {
        Project project = platform.project();
        Map<String, RunLines.Line> latest =
                platform.memory().latestLines(project.environment().name());
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            Map<String, @Nullable Object> tree = PipelineDocument.of(project, pipeline);
            RunLines.Line last = latest.get(pipeline.name());
            tree.put("last_run", last == null ? null : RunApi.line(last));
            list.add(tree);
        }
        exchange.document(masked(map("pipelines", list)));
    }

    private void pipeline(Exchange exchange) {
        Project project = platform.project();
        PipelineSpec pipeline = platform.pipeline(exchange.path("name"));
        exchange.document(masked(PipelineDocument.resolved(project, pipeline)));
    }

    private void datasets(Exchange exchange) {
        Project project = platform.project();
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            Map<String, @Nullable Object> whole = PipelineDocument.of(project, pipeline);
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("dataset", pipeline.writes().toString());
            tree.put("pipeline", pipeline.name());
            tree.put("owner", pipeline.owner());
            tree.put("description", pipeline.description());
            tree.put("source", whole.get("source"));
            tree.put("upstream", whole.get("upstream"));
            tree.put("downstream", whole.get("downstream"));
            list.add(tree);
        }
        exchange.document(masked(map("datasets", list)));
    }

    private void checks(Exchange exchange) {
        String dataset = exchange.query("dataset");
        if (dataset == null) {
            throw Refusal.wrong("Cannot list checks: no dataset is named", "GET /api/v1/datasets lists them");
        }
        exchange.document(
                map("checks", platform.incidents().results(platform.environment(), dataset, exchange.limit(100))));
    }

    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> masked(Map<String, @Nullable Object> tree) {
        return (Map<String, @Nullable Object>)
                Objects.requireNonNull(platform.masker().maskTree(tree));
    }

    static Map<String, @Nullable Object> map(String key, @Nullable Object value) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(key, value);
        return tree;
    }
}
