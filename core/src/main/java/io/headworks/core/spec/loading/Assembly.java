package io.headworks.core.spec.loading;

import io.headworks.api.engine.SqlInspector;
import io.headworks.api.source.Extract.Reading.Query;
import io.headworks.core.spec.CheckFile;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.ContractNotice;
import io.headworks.core.spec.Contracts;
import io.headworks.core.spec.DatasetUse;
import io.headworks.core.spec.Graph;
import io.headworks.core.spec.LoadTest;
import io.headworks.core.spec.LoadedProject;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import io.headworks.core.spec.TableGroup;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Problems;
import io.headworks.core.spec.descriptor.ProjectFiles;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.descriptor.Trace;
import io.headworks.core.spec.format.ChecksFormat;
import io.headworks.core.spec.format.ContractFormat;
import io.headworks.core.spec.format.ModelFormat;
import io.headworks.core.spec.format.NoticeFormat;
import io.headworks.core.spec.format.PipelineFormat;
import io.headworks.core.spec.format.TestsFormat;
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
    private final @Nullable SourceTables sources;
    private final List<String> modelFiles;

    Assembly(
            ProjectHead head,
            Documents documents,
            ProjectFiles files,
            Problems problems,
            Supplier<SqlInspector> inspector,
            @Nullable SourceTables sources,
            List<String> modelFiles) {
        this.head = head;
        this.documents = documents;
        this.files = files;
        this.problems = problems;
        this.inspector = inspector;
        this.sources = sources;
        this.modelFiles = modelFiles;
    }

    LoadedProject project(Path folder) {
        PipelineReader.AllRead all = new PipelineReader(head, documents, files, sources).read(problems);
        List<ReadPipeline> read =
                Stream.concat(all.pipelines().stream(), models().stream()).toList();
        List<ReadChecks> checks = documents.checks().stream().map(this::checks).toList();
        List<ReadContract> contracts = documents.contracts().stream()
                .map(node -> contract(node, problems))
                .toList();
        List<ReadTests> tests = documents.tests().stream().map(this::tests).toList();
        new Collisions(read, all.groups(), head, problems).report();
        DatasetCatalog catalog = new DatasetCatalog(read, all.groups(), head.external());
        Map<String, SqlText> queries = queries(read, catalog);
        SqlReview review = review(read, checks, contracts, tests, queries.values());
        DatasetUses uses = new DatasetUses(catalog, review, problems);
        ContractBinding binding = new ContractBinding(uses, onlyTarget(), problems);
        binding.bind(contracts);
        List<PipelineSpec> pipelines =
                completed(read, uses, new ModelReview(review, catalog, head.variables(), head.known(), problems))
                        .stream()
                        .map(binding::joined)
                        .toList();
        Contracts promised = binding.contracts(published(), notices());
        List<CheckFile> checkFiles = checks.stream()
                .map(each -> checkFile(each, uses))
                .filter(Objects::nonNull)
                .toList();
        SharedNames.report(pipelines, checkFiles, promised.current(), problems);
        List<LoadTest> loadTests =
                new TestBinding(read, all.groups(), pipelines, head.variables(), review, problems).bind(tests);
        PipelineReads reads = new PipelineReads(catalog, queries, review);
        Graph graph = new GraphBuilder(pipelines, reads).build(problems);
        Placed placed = new Placed(head.environment(), pipelines);
        placed.refuse(pipelines, reads, problems);
        Project project = problems.hasErrors()
                ? null
                : assembled(
                        folder,
                        pipelines.stream().map(placed::of).toList(),
                        all.groups(),
                        checkFiles.stream().map(placed::of).toList(),
                        placed.of(promised),
                        loadTests.stream().map(placed::of).toList(),
                        graph);
        return new LoadedProject(project, problems.sorted());
    }

    private Project assembled(
            Path folder,
            List<PipelineSpec> pipelines,
            List<TableGroup> groups,
            List<CheckFile> checkFiles,
            Contracts contracts,
            List<LoadTest> tests,
            Graph graph) {
        return new Project(
                head.identity().name(),
                head.identity().id(),
                folder,
                head.environment(),
                head.elsewhere(),
                head.environments(),
                head.variables(),
                head.connections(),
                head.external(),
                head.alertChannels(),
                pipelines,
                groups,
                checkFiles,
                contracts,
                tests,
                graph,
                head.lintOff(),
                head.placeholders().sensitive());
    }

    private Reading reading(Problems found) {
        return new Reading(found, head.placeholders(), head.known(), files);
    }

    private List<ReadPipeline> models() {
        List<ReadPipeline> models = new ModelDefinitions(modelFiles, documents, head.defaults(), files, problems)
                .all().parallelStream().map(this::model).toList();
        models.forEach(each -> problems.addAll(each.problems()));
        return models;
    }

    private ReadPipeline model(Node node) {
        Reading in = reading(new Problems());
        return ReadPipeline.of(node, ModelFormat.KIND.read(node, in), in);
    }

    private ReadChecks checks(Node node) {
        Reading in = reading(problems);
        ObjectKind<ChecksFormat.Draft> kind =
                InlineChecks.isOne(node.place()) ? ChecksFormat.OF_ANY_TABLE : ChecksFormat.KIND;
        ChecksFormat.Draft draft = kind.read(node, in);
        return new ReadChecks(node, draft, in.sql(), in.datasets());
    }

    private ReadContract contract(Node node, Problems found) {
        Reading in = reading(found);
        ContractFormat.Draft draft = in.part("contract", ContractFormat.KIND, node);
        return new ReadContract(node, draft, in.sql(), in.datasets());
    }

    /** Their tables are those of the contracts; what they name may be gone. */
    private List<Contract> published() {
        List<Contract> contracts = new ArrayList<>();
        for (Node node : documents.published()) {
            ContractFormat.Draft draft = contract(node, problems).draft();
            if (draft != null) {
                contracts.add(draft.contract());
            }
        }
        return contracts;
    }

    private List<ContractNotice> notices() {
        List<ContractNotice> notices = new ArrayList<>();
        for (Node node : documents.notices()) {
            ContractNotice notice = reading(problems).part("contract_notice", NoticeFormat.KIND, node);
            if (notice != null) {
                notices.add(notice);
            }
        }
        return notices;
    }

    private ReadTests tests(Node node) {
        Reading in = reading(problems);
        List<TestsFormat.TestDraft> drafts = in.part("tests", TestsFormat.KIND, node);
        return new ReadTests(drafts == null ? List.of() : drafts, in.sql());
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

    private SqlReview review(
            List<ReadPipeline> pipelines,
            List<ReadChecks> checks,
            List<ReadContract> contracts,
            List<ReadTests> tests,
            Collection<SqlText> queries) {
        List<SqlText> texts = Stream.of(
                        pipelines.stream().flatMap(each -> each.sql().stream()),
                        checks.stream().flatMap(each -> each.sql().stream()),
                        contracts.stream().flatMap(each -> each.sql().stream()),
                        tests.stream().flatMap(each -> each.sql().stream()))
                .flatMap(each -> each)
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

    private List<PipelineSpec> completed(List<ReadPipeline> read, DatasetUses uses, ModelReview models) {
        List<PipelineSpec> pipelines = new ArrayList<>();
        LookupReview lookups = new LookupReview(problems);
        for (ReadPipeline each : read) {
            List<DatasetUse> found = uses.of(each.mentions(), each.sql(), each.home());
            PipelineSpec spec = each.spec();
            if (spec != null) {
                lookups.review(each, spec, found);
                Trace trace = new Trace();
                boolean isModel = spec.extract().model() != null;
                (isModel ? ModelFormat.KIND : PipelineFormat.KIND).trace(each.node(), "", trace);
                pipelines.add(spec.completed(found, trace.origins()).reading(models.completed(each, spec, found)));
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
