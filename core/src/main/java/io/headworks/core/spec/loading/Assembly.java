package io.headworks.core.spec.loading;

import io.headworks.api.engine.SqlInspector;
import io.headworks.api.source.Extract.Reading.Query;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.descriptor.Trace;
import io.headworks.core.spec.format.ChecksFormat;
import io.headworks.core.spec.format.PipelineFormat;
import io.headworks.core.spec.yaml.Merge;
import io.headworks.core.spec.yaml.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a project together once headworks.yml is read: its definitions, what they name, and how they hang together. */
final class Assembly {
    private final ProjectHead head;
    private final Documents documents;
    private final ProjectFiles files;
    private final Problems problems;
    private final Supplier<SqlInspector> inspector;

    Assembly(
            ProjectHead head,
            Documents documents,
            ProjectFiles files,
            Problems problems,
            Supplier<SqlInspector> inspector) {
        this.head = head;
        this.documents = documents;
        this.files = files;
        this.problems = problems;
        this.inspector = inspector;
    }

    LoadedProject project(Path folder) {
        List<ReadPipeline> read =
                documents.pipelines().parallelStream().map(this::pipeline).toList();
        read.forEach(each -> problems.addAll(each.problems()));
        List<ReadChecks> checks = documents.checks().stream().map(this::checks).toList();
        new Collisions(read, head, problems).report();
        DatasetCatalog catalog = new DatasetCatalog(read, head.external());
        Map<String, SqlText> queries = queries(read, catalog);
        SqlReview review = review(read, checks, queries.values());
        DatasetUses uses = new DatasetUses(catalog, review, problems);
        List<PipelineSpec> pipelines = completed(read, uses);
        List<CheckFile> checkFiles = checks.stream()
                .map(each -> checkFile(each, uses))
                .filter(Objects::nonNull)
                .toList();
        Graph graph = new GraphBuilder(pipelines, new PipelineReads(catalog, queries, review)).build(problems);
        Project project = problems.hasErrors() ? null : assembled(folder, pipelines, checkFiles, graph);
        return new LoadedProject(project, problems.sorted());
    }

    private Project assembled(Path folder, List<PipelineSpec> pipelines, List<CheckFile> checkFiles, Graph graph) {
        return new Project(
                head.identity().name(),
                head.identity().id(),
                folder,
                head.environment(),
                head.environments(),
                head.variables(),
                head.connections(),
                head.external(),
                head.alertChannels(),
                pipelines,
                checkFiles,
                graph,
                head.lintOff(),
                head.placeholders().sensitive());
    }

    private Reading reading(Problems found) {
        return new Reading(found, head.placeholders(), head.known(), files);
    }

    private ReadPipeline pipeline(Node written) {
        Node.Mapping defaults = head.defaults();
        Node node = defaults != null && written instanceof Node.Mapping map ? Merge.over(defaults, map) : written;
        Reading in = reading(new Problems());
        return ReadPipeline.of(node, PipelineFormat.KIND.read(node, in), in);
    }

    private ReadChecks checks(Node node) {
        Reading in = reading(problems);
        ChecksFormat.Draft draft = ChecksFormat.KIND.read(node, in);
        return new ReadChecks(node, draft, in.sql(), in.datasets());
    }

    /** Queries of extracts over connections that pipelines write: what they read decides the order. */
    private static Map<String, SqlText> queries(List<ReadPipeline> pipelines, DatasetCatalog catalog) {
        Map<String, SqlText> queries = new LinkedHashMap<>();
        for (ReadPipeline each : pipelines) {
            PipelineSpec spec = each.spec();
            if (spec != null
                    && spec.extract().extract().reading() instanceof Query query
                    && catalog.isWritten(spec.extract().connection())) {
                Node node = each.at("extract", "query");
                if (node instanceof Node.Scalar scalar) {
                    queries.put(
                            spec.name(),
                            new SqlText("extract.query", query.sql(), SqlInspector.Text.Kind.SELECT, scalar, null));
                }
            }
        }
        return queries;
    }

    private SqlReview review(List<ReadPipeline> pipelines, List<ReadChecks> checks, Collection<SqlText> queries) {
        List<SqlText> texts = Stream.concat(
                        pipelines.stream().flatMap(each -> each.sql().stream()),
                        checks.stream().flatMap(each -> each.sql().stream()))
                .toList();
        SqlPlaceholders placeholders = new SqlPlaceholders(head.variables(), problems);
        texts.forEach(placeholders::check);
        List<SourceSql> ofSources = pipelines.stream()
                .flatMap(each -> SourceSql.of(each, head.known().readingEngineSql()).stream())
                .toList();
        SqlReview review = new SqlReview(
                Stream.of(texts.stream(), queries.stream(), ofSources.stream().map(SourceSql::text))
                        .flatMap(each -> each)
                        .toList(),
                inspector);
        review.reportErrors(texts, problems);
        review.reportErrors(ofSources.stream().map(SourceSql::text).toList(), problems);
        ofSources.forEach(each -> review.reportStrangers(each, problems));
        return review;
    }

    private List<PipelineSpec> completed(List<ReadPipeline> read, DatasetUses uses) {
        List<PipelineSpec> pipelines = new ArrayList<>();
        for (ReadPipeline each : read) {
            List<DatasetUse> found = uses.of(each.mentions(), each.sql(), each.home());
            PipelineSpec spec = each.spec();
            if (spec != null) {
                Trace trace = new Trace();
                PipelineFormat.KIND.trace(each.node(), "", trace);
                pipelines.add(spec.completed(found, trace.origins()));
            }
        }
        pipelines.sort(Comparator.comparing(PipelineSpec::name));
        return pipelines;
    }

    private @Nullable CheckFile checkFile(ReadChecks read, DatasetUses uses) {
        ChecksFormat.Draft draft = read.draft();
        String home = draft == null ? null : draft.table().connection();
        String only = home == null ? onlyTarget() : home;
        List<DatasetUse> found = uses.of(read.mentions(), read.sql(), only);
        return draft == null
                ? null
                : new CheckFile(
                        read.node().place(),
                        only == null ? draft.table() : draft.table().in(only),
                        draft.schedule(),
                        draft.checks(),
                        found);
    }

    /** A check file may leave the connection out where there is only one it can mean. */
    private @Nullable String onlyTarget() {
        List<String> targets = head.known().targets();
        return targets.size() == 1 ? targets.get(0) : null;
    }
}
