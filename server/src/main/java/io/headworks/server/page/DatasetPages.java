package io.headworks.server.page;

import io.headworks.core.service.PipelineDocument;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.state.IncidentStore.Incident;
import io.headworks.core.state.RunLines.Line;
import io.headworks.server.access.Role;
import io.headworks.server.page.Diagram.Label;
import io.headworks.server.route.Exchange;
import io.headworks.server.route.Refusal;
import io.headworks.server.route.Route;
import io.headworks.server.route.Route.Verb;
import io.headworks.server.view.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables that pipelines write, and what checks say of them. */
public final class DatasetPages {
    private static final int RESULTS = 60;
    private static final int MOST = 200;

    private final Platform platform;

    DatasetPages(Platform platform) {
        this.platform = platform;
    }

    List<Route> routes() {
        return List.of(
                Route.page(Verb.GET, "/datasets", Role.VIEWER, "datasets", this::list),
                Route.page(Verb.GET, "/dataset", Role.VIEWER, "dataset", this::show));
    }

    /** A dataset in the list. */
    public record Row(PipelineSpec pipeline, @Nullable Line last, long incidents) {}

    private void list(Exchange exchange) {
        Project project = platform.project();
        String environment = project.environment().name();
        String search = Objects.requireNonNullElse(exchange.query("q"), "");
        Map<String, Line> latest = platform.memory().latestLines(environment);
        List<Incident> incidents = platform.incidents().list(environment, false);
        List<Row> rows = project.pipelines().stream()
                .filter(each -> (each.writes() + " " + each.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(search.toLowerCase(Locale.ROOT)))
                .map(each -> new Row(
                        each,
                        latest.get(each.name()),
                        incidents.stream()
                                .filter(one ->
                                        one.dataset().equals(each.writes().toString()))
                                .count()))
                .toList();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of("Datasets", "datasets", exchange, platform));
        values.put("rows", rows.subList(0, Math.min(MOST, rows.size())));
        values.put("found", rows.size());
        values.put("search", search);
        values.put("now", platform.clock().instant());
        exchange.page(200, Templates.render("datasets", values));
    }

    private void show(Exchange exchange) {
        Project project = platform.project();
        String name = Objects.requireNonNullElse(exchange.query("name"), "");
        List<PipelineSpec> writers = project.pipelines().stream()
                .filter(each -> each.writes().toString().equals(name))
                .toList();
        if (writers.isEmpty()) {
            throw Refusal.notFound("Cannot find dataset '" + name + "'", "the list of datasets has them all");
        }
        String environment = project.environment().name();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", Frame.of(name, "datasets", exchange, platform));
        values.put("name", name);
        values.put("writers", writers);
        values.put("lineage", lineage(project, writers.get(0)));
        values.put("results", platform.incidents().results(environment, name, RESULTS));
        values.put(
                "incidents",
                platform.incidents().list(environment, false).stream()
                        .filter(each -> each.dataset().equals(name))
                        .toList());
        exchange.page(200, Templates.render("dataset", values));
    }

    /** The tables it is made from, itself, and those that are made from it. */
    private static Diagram lineage(Project project, PipelineSpec writer) {
        Graph.Node node = project.graph().nodes().get(writer.name());
        if (node == null) {
            return Diagram.of(List.of(List.of(label(writer, "target"))));
        }
        if (node.reads().isEmpty()) {
            Label outside = new Label(PipelineDocument.source(project, writer), "from outside", "", "outside");
            return Diagram.of(List.of(
                    List.of(outside), List.of(label(writer, "target")), of(project, node.downstream().stream())));
        }
        List<Label> sources = node.reads().stream()
                .map(dataset -> project.producer(dataset)
                        .map(producer -> label(producer, ""))
                        .orElse(new Label(dataset.toString(), "from outside", "", "outside")))
                .toList();
        return Diagram.of(List.of(sources, List.of(label(writer, "target")), of(project, node.downstream().stream())));
    }

    private static List<Label> of(Project project, Stream<String> pipelines) {
        return pipelines
                .flatMap(name -> project.pipeline(name).stream())
                .map(each -> label(each, ""))
                .toList();
    }

    private static Label label(PipelineSpec pipeline, String kind) {
        String dataset = pipeline.writes().toString();
        return new Label(dataset, "by " + pipeline.name(), Show.dataset(dataset), kind);
    }
}
